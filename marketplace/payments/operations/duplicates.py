"""Which new lines of a statement may be movements that another file has shown already."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, combinations
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from civic.core.errors import Invalid
from civic.core.locking import lock_rows
from marketplace.payments.models import Statement, StatementLine
from marketplace.payments.references import references_in
from marketplace.payments.states import LineState


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
    _doubt_sums(fresh, [old for some in before.values() for old in some])


def _doubt_sums(fresh: list[StatementLine], before: list[StatementLine]) -> None:
    """A batch that one file shows as a sum and another in parts: the parts name the sum as what they may be.

    A sum that is new also names one of them. A line with a reference of ours is neither: it is honest money for what it
    names, and would be held back for an accident of amounts.
    """
    new = {day: lines for (day, _file), lines in _free(fresh).items()}
    for (day, _file), olds in _free(before).items():
        news = new.get(day, [])
        for line, parts in _sums(news, olds):
            line.duplicate_of = parts[0]
            # Before the sum is written: foreign keys are checked at the end of the transaction.
            StatementLine.objects.filter(pk__in=[part.pk for part in parts]).update(duplicate_of=line.pk)
            for part in parts:
                part.duplicate_of_id = line.pk
        for old, parts in _sums(olds, news):
            for part in parts:
                part.duplicate_of = old


def _free(lines: list[StatementLine]) -> dict[tuple[date, UUID], list[StatementLine]]:
    """By day and file, the lines of which nothing says what they are."""
    found = defaultdict(list)
    for line in lines:
        if not (line.duplicate_of_id or line.is_double or line.is_reversal or references_in(line.reference)):
            found[line.booked_on, line.statement_id].append(line)
    return found


def _sums(
    lines: list[StatementLine], others: list[StatementLine]
) -> Iterator[tuple[StatementLine, list[StatementLine]]]:
    """The lines that may be sums of others, with these; a sum names no account, since its parts have many."""
    wholes = [line for line in lines if not line.iban and not line.duplicate_of_id]
    batches = _batches([line for line in others if not line.duplicate_of_id]) if wholes else {}
    for line in wholes:
        parts = batches.pop(line.amount_minor, [])
        if parts and not any(part.duplicate_of_id or _is_another(line, part) for part in parts):
            yield line, parts


# Choices double with each line, and among many lines some add up to any sum.
FEW = 8


def _batches(lines: list[StatementLine]) -> dict[int, list[StatementLine]]:
    """Lines of one file that may be one batch, by their sum: those of one entry, and any choice of a few payers.

    None where two choices have the same sum: nobody could say which it is.
    """
    entries: dict[str, list[StatementLine]] = defaultdict(list)
    for line in lines:
        entries[_entry_of(line)].append(line)
    marked = [parts for entry, parts in entries.items() if entry and len(parts) > 1]
    together = {line.pk for parts in marked for line in parts}
    alone = [line for line in lines if line.iban and line.pk not in together]
    sizes = range(2, len(alone) + 1) if len(alone) <= FEW else ()
    found: dict[int, list[StatementLine]] = {}
    for parts in chain(marked, *(combinations(alone, size) for size in sizes)):
        if len({part.amount_minor > 0 for part in parts}) == 1:
            total = sum(part.amount_minor for part in parts)
            found[total] = [] if total in found else list(parts)
    return found


def _entry_of(line: StatementLine) -> str:
    """The bank's number of the entry: the transactions of a batch in CAMT bear it with their place behind it."""
    return re.sub(r"/\d+$", "", line.bank_reference)


def _is_another(line: StatementLine, other: StatementLine) -> bool:
    """Whether the bank's numbers say so; another format has other numbers."""
    numbers = _entry_of(line), _entry_of(other)
    return line.statement.format == other.statement.format and all(numbers) and numbers[0] != numbers[1]


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


def name_batch(line: StatementLine, others: list[StatementLine]) -> StatementLine:
    """Notes of the largest of these lines that it may be the sum of all the others, in whatever files.

    Returns the line that `line` may be by that: the sum, or a part where it is the sum itself. What the import took for
    parts of it is let go. Raises Invalid where they do not add up, or one counts as a double already.
    """
    lines = [*others, line]
    whole = max(lines, key=lambda one: abs(one.amount_minor))
    parts = [one for one in lines if one.pk != whole.pk]
    kinds = {(one.statement.account, one.currency, one.amount_minor > 0) for one in lines}
    total = sum(one.amount_minor for one in parts)
    is_batch = len(kinds) == 1 and len(parts) == len(others) > 1 and total == whole.amount_minor
    if not is_batch or any(one.is_double for one in others):
        raise Invalid(
            _("These lines are no sum and its parts: they do not add up, or one of them is a double itself.")
        )
    lock_rows(StatementLine.objects.filter(pk__in=[one.pk for one in others]))
    if any(one.state == LineState.PROPOSED for one in others):
        raise Invalid(_("Somebody has proposed what one of these lines is: that is taken back first."))
    # A part goes because all of them do: one that has paid something stays, and then the sum is what was read twice.
    stays = [part for part in parts if part.pk != line.pk and part.state != LineState.UNCLEAR]
    if whole.pk != line.pk and stays:
        raise Invalid(_("One of the parts has been settled: say of the sum that it is the same movement."))
    named = StatementLine.objects.filter(pk__in=[part.pk for part in parts])
    # What somebody has said, also while it waits: with such a part too many the batch fits no more, and is refused.
    said = (LineState.PROPOSED, LineState.SETTLED)
    doubles = Q(state__in=said, proposal=StatementLine.Proposal.DOUBLE)
    whole.duplicates.exclude(doubles).exclude(amount_minor=whole.amount_minor).update(duplicate_of=None)
    StatementLine.objects.filter(pk=whole.pk, duplicate_of__in=named).update(duplicate_of=None)
    named.update(duplicate_of=whole)
    other = parts[0] if whole.pk == line.pk else whole
    other.refresh_from_db()
    return other


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
