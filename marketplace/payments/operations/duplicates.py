"""Which new lines of a statement may be movements that another file has shown already."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import attrgetter

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
    for day in days:
        free = [line for line in fresh if line.booked_on == day and not line.duplicate_of_id]
        known_then = [some for (on, _minor), some in before.items() if on == day]
        _doubt_sums(free, [old for some in known_then for old in some if not old.is_double])


def _doubt_sums(fresh: list[StatementLine], before: list[StatementLine]) -> None:
    """A batch that one file shows as a sum and another in parts: the parts name the sum as what they may be.

    A sum that is new also names one of them. Only a line that names no account can be one.
    """
    before.sort(key=attrgetter("statement_id", "bank_reference", "pk"))
    files = [list(lines) for _file, lines in groupby(before, key=attrgetter("statement_id"))]
    for line in fresh:
        for lines in files:
            free = [old for old in lines if not old.duplicate_of_id]
            if not line.iban and not line.duplicate_of_id and (parts := summing_up(free, line)):
                line.duplicate_of = parts[0]
                # Before the sum is written: foreign keys are checked at the end of the transaction.
                StatementLine.objects.filter(pk__in=[part.pk for part in parts]).update(duplicate_of=line.pk)
                for part in parts:
                    part.duplicate_of_id = line.pk
    for old in before:
        if not old.iban and not old.duplicate_of_id:
            for part in summing_up([line for line in fresh if not line.duplicate_of_id], old):
                part.duplicate_of = old


# More than these are not tried in every choice, only as they follow each other: choices double with each line.
TRIED, SUMS = 200, 10_000


def summing_up(lines: list[StatementLine], whole: StatementLine) -> list[StatementLine]:
    """Two or more lines that together are `whole`: neighbours, or any of a few; none where there are none."""
    total = whole.amount_minor
    lines = [line for line in lines if line.amount_minor * total > 0 and abs(line.amount_minor) < abs(total)]
    reached, ends = 0, {0: 0}
    for place, line in enumerate(lines, start=1):
        reached += line.amount_minor
        if reached - total in ends:
            return lines[ends[reached - total] : place]
        ends[reached] = place
    chosen: dict[int, list[StatementLine]] = {0: []}
    for line in lines[:TRIED]:
        for minor, some in list(chosen.items()):
            chosen.setdefault(minor + line.amount_minor, [*some, line])
        if total in chosen or len(chosen) > SUMS:
            break
    return chosen.get(total, [])


def staying(line: StatementLine, other: StatementLine) -> list[StatementLine]:
    """The lines that stay if `line` is the same movement as `other`: that one, or the parts whose sum it is.

    A part of `other` goes with the parts that name it, too. Empty where the amounts, or what was said of the others, do
    not allow it.
    """
    if other.amount == line.amount:
        return [] if other.is_double else [other]
    if other.duplicate_of_id == line.pk:
        parts = [one for one in line.duplicates.all() if one.amount != line.amount and not one.is_double]
        return parts if sum(one.amount_minor for one in parts) == line.amount_minor else []
    named = [one for one in other.duplicates.exclude(pk=line.pk) if one.amount != other.amount]
    together = line.amount_minor + sum(one.amount_minor for one in named)
    return [other] if named and together == other.amount_minor and not other.is_double else []


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
