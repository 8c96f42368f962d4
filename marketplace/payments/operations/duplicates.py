"""Which new lines of a statement may be movements that another file has shown already."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from marketplace.payments.models import Statement, StatementLine


def doubted(statement: Statement, fresh: Iterable[StatementLine], known: set[str]) -> None:
    """Says of lines that are not saved yet which line of another file may be the same movement.

    A day, an amount and nothing that differs are no proof: two people may give the same on one day, and two files may
    show one movement in other words (CAMT and CSV). So it is neither dropped nor matched, and people decide. Each
    line of before is the double of one line at most; those of `known` digests stand in this file themselves.
    """
    fresh = list(fresh)
    days = {line.booked_on for line in fresh}
    before: dict[tuple[date, int], list[StatementLine]] = defaultdict(list)
    lines = StatementLine.objects.filter(
        statement__account=statement.account, currency=statement.currency, booked_on__in=days
    )
    for old in lines.exclude(digest__in=known).select_related("statement").order_by("created_at", "pk"):
        before[old.booked_on, old.amount_minor].append(old)
    for line in fresh:
        candidates = before[line.booked_on, line.amount_minor]
        line.duplicate_of = next((old for old in candidates if _may_be(line, old)), None)
        if line.duplicate_of:
            candidates.remove(line.duplicate_of)


def _may_be(line: StatementLine, old: StatementLine) -> bool:
    """Whether nothing that both say differs. Banks number and describe a movement otherwise in another format."""
    same_format = line.statement.format == old.statement.format
    if same_format and line.bank_reference and old.bank_reference:
        return line.bank_reference == old.bank_reference
    pairs = [(line.reference, old.reference), (line.iban, old.iban), (line.name, old.name)]
    if same_format:
        pairs.append((line.text, old.text))
    return not any(_differ(one, other) for one, other in pairs)


def _differ(one: str, other: str) -> bool:
    ours, theirs = (re.sub(r"\W", "", text).casefold() for text in (one, other))
    return bool(ours and theirs and ours != theirs)
