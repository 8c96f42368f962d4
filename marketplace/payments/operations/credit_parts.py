"""What became of each part of a credit, by what two people have settled of it."""

from collections import Counter
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from civic.core import events
from civic.core.locking import lock_rows
from civic.core.money import Money
from marketplace.payments.models import Charge, Refund, StatementLine, Transfer
from marketplace.payments.operations.came_back import bringer_of, brought_by
from marketplace.payments.states import LineState, TransferState

Proposal = StatementLine.Proposal


class Part(NamedTuple):
    """What became of a part of a credit that is neither in suspense nor has paid a payment: by the verb, and of what.

    `of` is the purpose that took it, or says which refund or transfer of ours it brought back.
    """

    proposal: str
    of: str
    amount: Money


def credit_parts(credit: StatementLine, paid: dict[Charge, int]) -> list[Part]:
    """All of it by what was settled, as events tell; as one, by the last verb, where that was before they told it.

    What was sent back is what has not failed since: then it was in suspense again, and became something else.
    """
    parts: Counter[tuple[str, str]] = Counter()
    told = [event.payload for event in events.about(credit).filter(payload__has_key="settled_minor")]
    for one in told:
        if one["as"] not in (Proposal.CHARGE, Proposal.RETURN):
            parts[one["as"], one["for"]] += one["settled_minor"]
    parts[Proposal.RETURN, ""] = sum(transfer.amount_minor for transfer in returns_of(credit))
    if not told:
        rest = credit.amount.minor - credit.suspense_minor - sum(paid.values())
        parts = Counter({(credit.proposal, became_of(credit)): rest})
    return [
        Part(proposal, of, Money(minor, credit.currency)) for (proposal, of), minor in parts.items() if minor
    ]


def adds_up(credit: StatementLine, parts: list[Part], paid: dict[Charge, int]) -> bool:
    """Whether these, what it has paid and what is in suspense are all of it."""
    known = sum(part.amount.minor for part in parts) + credit.suspense_minor + sum(paid.values())
    return known == credit.amount.minor


def is_funds(part: Part) -> bool:
    """Whether a match fund has it."""
    return part.proposal in (Proposal.FUND, Proposal.DOUBLE)


def became_of(line: StatementLine) -> str:
    """What takes the part of a line that its proposal is about, or which refund or transfer of ours it brings back."""
    if line.proposal in (Proposal.FUND, Proposal.DOUBLE):
        return line.purpose
    if line.proposal in (Proposal.BACK, Proposal.LESS):
        return f"refund:{line.refund_id}" if line.refund_id else f"transfer:{line.transfer_id}"
    return ""


def refund_of(part: Part) -> Refund | None:
    """The refund of ours that it brought back."""
    kind, _colon, key = part.of.partition(":")
    return Refund.objects.select_related("charge").get(pk=key) if kind == "refund" else None


def transfer_of(part: Part) -> Transfer | None:
    """The transfer of ours that it brought back."""
    kind, _colon, key = part.of.partition(":")
    return Transfer.objects.get(pk=key) if kind == "transfer" else None


def returns_of(credit: StatementLine) -> QuerySet[Transfer]:
    """The transfer that sends the line's money back, if there is one that has not failed."""
    sent = Transfer.objects.filter(purpose__startswith=f"return:{credit.pk}")
    return sent.exclude(state=TransferState.FAILED)


def waiting_of(credit: StatementLine) -> QuerySet[Transfer]:
    """The same, while it has not gone."""
    return returns_of(credit).filter(state__in=[TransferState.REQUESTED, TransferState.SENT])


def returned_of(credit: StatementLine) -> Transfer | None:
    """The one that was asked for last."""
    return returns_of(credit).last()


def bringers_of(credit: StatementLine) -> list[StatementLine]:
    """The line that brought back what was sent back of it, then the one that brought what was sent back of that."""
    lines: list[StatementLine] = []
    while sent := returned_of(lines[-1] if lines else credit):
        line = bringer_of(sent)
        if line is None:
            break
        lines.append(line)
    return lines


def lock_returns(credit: StatementLine) -> None:
    """What was sent back of it and of what came back, with the lines that brought it: none goes on its way meanwhile.

    The transfers before the lines, as whoever makes a payment file locks them.
    """
    brought = bringers_of(credit)
    sent = [transfer.pk for line in (credit, *brought) for transfer in returns_of(line)]
    lock_rows(Transfer.objects.filter(pk__in=sent))
    # A part is locked by whoever has locked the charge that it waits for; while it is one, the credit is not taken.
    lines = StatementLine.objects.filter(pk__in=[line.pk for line in brought])
    lock_rows(lines.exclude(state=LineState.PART))


def belongs_to_city(line: StatementLine) -> bool:
    """Whether it brought back what had been sent back of a credit that the bank has taken since, over however many.

    Its sender has all of that credit by the bank: sent back once more, this would be theirs a second time.
    """
    purposes = brought_by(line).filter(purpose__startswith="return:").values_list("purpose", flat=True)
    given_back = [UUID(purpose.split(":")[1]) for purpose in purposes]
    taken = StatementLine.objects.filter(
        reverses_id__in=given_back, state=LineState.SETTLED, proposal=Proposal.TAKEN
    )
    return taken.exists() or any(map(belongs_to_city, StatementLine.objects.filter(pk__in=given_back)))
