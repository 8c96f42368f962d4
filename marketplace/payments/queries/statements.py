"""Which statements of the bank are missing between those that were read."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from civic.core.money import Money
from marketplace.payments.models import Statement


def missing_before(statements: Iterable[Statement]) -> dict[UUID, str]:
    """What is missing before each of them or within its file, in words; those that follow another are left out.

    A statement follows one of the same day, or of the day before it, that closes with what it opens with.
    """
    wanted = list(statements)
    known: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    accounts = {one.account for one in wanted}
    columns = ("book", "account", "currency", "opening_minor", "closing_minor", "closing_on")
    balanced = Statement.objects.filter(account__in=accounts, closing_on__isnull=False).only(
        *columns, "first_number", "last_number"
    )
    for one in balanced.order_by("closing_on", "pk"):
        known[one.book, one.account, one.currency].append(one)
    found = {one.pk: _missing(one, known[one.book, one.account, one.currency]) for one in wanted}
    return {pk: words for pk, words in found.items() if words}


def _missing(one: Statement, known: list[Statement]) -> str:
    """`known` are all of the account, by the day of their closing balance."""
    words = []
    if one.gaps:
        words.append(_("%(n)s missing in the file") % {"n": one.gaps})
    if one.closing_on is None:
        return " ".join(words)
    day = bisect_left(known, one.closing_on, key=lambda other: other.closing_on or date.min)
    before = [other for other in known[:day] if other.closing_on == known[day - 1].closing_on] if day else []
    same = [other for other in known if other.closing_on == one.closing_on and other.pk != one.pk]
    opens_with = {other.closing_minor for other in before + same}
    if one.opening_minor is not None and before and one.opening_minor not in opens_with:
        lacking = Money(one.opening_minor - (before[-1].closing_minor or 0), one.currency)
        words.append(_("%(amount)s moved before it, on no statement") % {"amount": lacking.format()})
    numbers = {other.last_number for other in known if other.last_number and _is_year_of(other, one)}
    earlier = max((number for number in numbers if number < (one.first_number or 0)), default=None)
    if earlier and one.first_number and earlier + 1 < one.first_number:
        named = {"first": earlier + 1, "last": one.first_number - 1}
        words.append(_("statements %(first)s to %(last)s are missing") % named)
    return ", ".join(words)


def _is_year_of(other: Statement, one: Statement) -> bool:
    """Banks begin their numbers anew each year."""
    return bool(other.closing_on and one.closing_on and other.closing_on.year == one.closing_on.year)
