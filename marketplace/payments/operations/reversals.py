"""Credits that the bank takes back, by a line of their own: what they paid hears of it as of a lost dispute."""

from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core.errors import Conflict
from civic.core.locking import lock_rows
from civic.core.money import Money
from civic.core.states import lock, transition
from marketplace.ledger.models import Account
from marketplace.payments import accounts, deposits
from marketplace.payments.models import Charge, Refund, StatementLine, Transfer
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.credit_parts import (
    Part,
    adds_up,
    bringers_of,
    credit_parts,
    is_funds,
    lock_returns,
    refund_of,
    returned_of,
    returns_of,
    transfer_of,
    waiting_of,
)
from marketplace.payments.operations.gone_after_all import claim_again, owe_again, returns_have_gone
from marketplace.payments.operations.paid_lines import paid_by
from marketplace.payments.operations.refunds import post_otherwise
from marketplace.payments.operations.sent_payments import asked_anew, columns_of, is_shown_later
from marketplace.payments.operations.transfers import advance_transfer
from marketplace.payments.providers import Outcome
from marketplace.payments.providers.bank import NAME
from marketplace.payments.states import LineState, RefundState, TransferState

Proposal = StatementLine.Proposal


def why_not(line: StatementLine, credit: StatementLine) -> str:
    """What is in the way of `line` taking `credit` back; empty where nothing is."""
    same = (credit.statement.account, credit.amount) == (line.statement.account, -line.amount)
    if not same or credit.amount_minor < 0 or (credit.is_double and not _is_deposit(credit)):
        return _("Name the line of this account, with the same amount, that the bank took back.")
    taken = credit.reversals.filter(state=LineState.SETTLED, proposal=Proposal.TAKEN)
    if taken.exists() or _is_taken(credit):
        return _("The bank took this line back already.")
    if credit.state in (LineState.PROPOSED, LineState.PART, LineState.NEW):
        return _("Somebody has proposed what this line is: that is taken back first.")
    if why := _in_file(credit):
        return why
    paid = paid_by(credit)
    return _of_parts(credit, paid) or next(
        filter(None, (_of_payment(charge, minor) for charge, minor in paid.items())), ""
    )


def _of_parts(credit: StatementLine, paid: dict[Charge, int]) -> str:
    parts = credit_parts(credit, paid)
    if not adds_up(credit, parts, paid):
        return _("It is not known any more what became of each part of this line. Ask whoever runs the site.")
    # What was paid must not count without its money; where nothing was, a better way comes first. A fund's part is
    # waited for in any case: booked as lost while it is promised, it would go to its funder a second time. So is what
    # was sent back and lies in suspense again, or with whom a transfer of ours came from: it would be lost, and sent
    # once more.
    asked = [
        part
        for part in parts
        if not paid or is_funds(part) or transfer_of(part) or _lies_here_again(credit, part)
    ]
    return next(filter(None, (_of_part(credit, part) for part in asked)), "")


def _lies_here_again(credit: StatementLine, part: Part) -> bool:
    """Whether it was sent back and has come back, and lies on a line that nobody has settled since or goes again."""
    brought = bringers_of(credit) if part.proposal == Proposal.RETURN else []
    return bool(brought) and (brought[-1].suspense_minor > 0 or waiting_of(brought[-1]).exists())


def borne_of(credit: StatementLine) -> Money:
    """What the city bears if the credit is taken back now: parts of it that can't be undone, and are its loss."""
    with transaction.atomic():  # a fund is locked while it says what is free
        borne = [part.amount for part in credit_parts(credit, paid_by(credit)) if _is_borne(credit, part)]
    return sum(borne, Money(0, credit.currency))


def _of_part(credit: StatementLine, part: Part) -> str:
    """Why it can't be taken back, and what to do instead; empty where it can, or there is no other way."""
    if is_funds(part):
        return _taker(part.of).why_not_free(part.of, part.amount, credit=credit.pk)
    if part.proposal == Proposal.RETURN:
        return _of_return(credit)
    if part.proposal == Proposal.STRIPE:
        return _("It is booked as a payout of Stripe’s: ask Stripe why the bank has taken it back.")
    transfer = transfer_of(part)
    if transfer and part.amount == credit.amount == transfer.amount:
        return _(
            "It has brought back a transfer of ours, which has gone after all. Ask for the payout or the return anew, "
            "and say that this line shows it."
        )
    return _not_asked_anew(part) if transfer and asked_anew(transfer) is None else ""


def _not_asked_anew(part: Part) -> str:
    return _(
        "It has brought back %(amount)s of a transfer of ours, too, which has gone after all. Ask for that payout or "
        "return anew, and put it into no file: it has gone by this line then."
    ) % {"amount": part.amount}


def _is_borne(credit: StatementLine, part: Part) -> bool:
    """Whether nothing of it can be undone."""
    if part.proposal in (Proposal.BACK, Proposal.LESS):
        refund = refund_of(part)
        # A transfer goes by the line, or the line is refused.
        return refund is not None and not (
            refund.can("take_back") or refund.can("pay_otherwise") or is_shown_later(refund)
        )
    return bool(_of_part(credit, part))


def _of_return(credit: StatementLine) -> str:
    transfer = returned_of(credit)
    if transfer is not None and transfer.state == TransferState.SETTLED:
        return _(
            "It was sent back on %(day)s, and has now left twice. Ask whoever got it to pay it back; when that has "
            "arrived, say that it is the transfer of ours that came back, and name its line here."
        ) % {"day": date_format(localtime(transfer.state_since), "DATE_FORMAT")}
    brought = bringers_of(credit)
    # Where it was all of the credit, the line that brought it is the one that the bank has taken: see below.
    if brought and credit.payments.exists() and waiting_of(brought[-1]).exists():
        return _(
            "What came back of it was sent back once more and waits to go: wait until a statement shows that it has "
            "gone, or until the bank has refused it."
        )
    if transfer is None or transfer.state == TransferState.REVERSED:
        return _("It was sent back and has come back: name the line that brought it.")
    return ""


def _in_file(credit: StatementLine) -> str:
    """Whether it is not decided yet if what goes back will leave: why that must be known first."""
    if waiting_of(credit).exclude(bank_order=None).exists():
        return _("It goes back by a payment file: withdraw that, or wait until it has gone.")
    return ""


def _of_payment(charge: Charge, minor: int) -> str:
    if not charge.can("dispute") or (charge.amount - charge.lost).minor < minor:
        return _("A dispute of this payment is open, or has taken it already.")
    # Sent by a file that is at the bank it would go to the payer a second time.
    ordered = charge.refunds.filter(state=RefundState.PENDING).exclude(bank_order=None)
    return (
        _("A refund of it is in a payment file: withdraw that, or wait until it has gone.") if ordered else ""
    )


def take_back(line: StatementLine, second: Person, at: datetime) -> int:
    """What the credit brought is gone: out of suspense, of the city's income or a fund, and of what it has paid.

    What was to be sent back and has not gone is sent no more, and a refund that it brought back has gone after all.
    What of it can't be undone is the city's loss; where that is paid back one day, it is income. `second` confirms
    what the line's proposer said. Raises Conflict where it can't be any more.
    """
    credit = line.reverses
    if credit is None:
        raise Conflict(_("Nothing is proposed for this line."))
    lock_returns(credit)
    _lock_anew(credit)
    lock(credit)
    credit.refresh_from_db()
    lock_rows(returns_of(credit))
    paid = paid_by(credit)
    parts = credit_parts(credit, paid)
    refunds = [refund for part in parts if (refund := refund_of(part))]
    for charge in sorted({*paid, *(refund.charge for refund in refunds)}, key=lambda charge: charge.pk):
        lock(charge)
    # Whether one lies in a payment file is asked below: who makes a file now has these, or waits for them.
    lock_rows(Refund.objects.filter(charge__in=paid, state=RefundState.PENDING))
    if why := why_not(line, credit):
        raise Conflict(why)
    # Before anything moves: afterwards it would not be seen what was undone.
    borne = [part for part in parts if _is_borne(credit, part)]
    _out_of_suspense(line, credit, at)
    if credit.state == LineState.UNCLEAR:
        StatementLine.objects.filter(pk=credit.pk).update(
            suspense_minor=0, proposal=Proposal.TAKEN, proposed_by=line.proposed_by, confirmed_by=second
        )
        transition(credit, "take_back", actor=second, at=at)
    undone = [part for part in parts if part not in borne]
    # Refunds before payments: a loss of the same payment would cover what has gone already.
    again = _have_gone(line, undone, second, at)
    for charge, minor in paid.items():
        _lose(charge, Money(minor, line.currency), at)
    for part in undone:
        _undo(line, part, second, at)
    _without_fee(line, undone, at)
    returns_have_gone(credit, second, at)
    if borne:
        loss = sum((part.amount for part in borne), Money(0, line.currency))
        _to_bank(line, loss, accounts.losses(line.statement.book, line.currency), "loss", at)
    # Last: what its payer has twice is known when all that this line takes is lost.
    for refund in again:
        claim_again(refund, at)
    return 0


def _lock_anew(credit: StatementLine) -> None:
    """Transfers that go by the line, before lines: nobody puts them into a file meanwhile."""
    brought = [transfer for part in credit_parts(credit, paid_by(credit)) if (transfer := transfer_of(part))]
    anew = [found.pk for transfer in brought if (found := asked_anew(transfer))]
    lock_rows(Transfer.objects.filter(pk__in=anew))


def _out_of_suspense(line: StatementLine, credit: StatementLine, at: datetime) -> None:
    """With what was to go back: it has not gone, so that it is in suspense again, and leaves from there."""
    in_suspense = Money(credit.suspense_minor, line.currency)
    for transfer in waiting_of(credit):
        failed = Outcome("fail", failure=str(_("The bank took its credit back.")))
        advance_transfer(transfer, failed, at=at, reopens=False)
        in_suspense += transfer.amount
    if in_suspense:
        _to_bank(line, in_suspense, accounts.suspense(line.statement.book, line.currency), "suspense", at)


def _undo(line: StatementLine, part: Part, second: Person, at: datetime) -> None:
    """What was to go back has been called off, what a refund was has gone. The rest is the city's income, with its
    taker, or a transfer of ours: what was asked for anew has gone by this line.
    """
    if part.proposal == Proposal.INCOME:
        _to_bank(line, part.amount, accounts.income(line.statement.book, line.currency), "income", at)
    elif transfer := transfer_of(part):
        anew = asked_anew(transfer)
        if anew is None:  # of two alike, one was asked for anew
            raise Conflict(_not_asked_anew(part))
        advance_transfer(anew, Outcome("settle"), at=at)
    elif is_funds(part):
        assert line.reverses is not None
        credit = line.reverses.pk
        _taker(part.of).take_back(part.of, part.amount, credit=credit, confirmed_by=second, at=at)


def _have_gone(line: StatementLine, parts: list[Part], second: Person, at: datetime) -> list[Refund]:
    """What refunds have come back by the credit have not. Those of them that a dispute or a claim had paid since."""
    again = []
    for part in parts:
        if refund := refund_of(part):
            again += [refund] if owe_again(refund, at) else []
            _has_gone(line, refund, second, at)
    return again


def _has_gone(line: StatementLine, refund: Refund, second: Person, at: datetime) -> None:
    """A refund that came back has not: it is paid by this line, unless that was booked before as paid by hand."""
    if lock(refund).can("pay_otherwise"):
        post_otherwise(refund, second, str(_("The bank took back what had come back.")), at)
    StatementLine.objects.filter(pk=line.pk).update(**columns_of(refund))


def _without_fee(line: StatementLine, parts: list[Part], at: datetime) -> None:
    """Of what came back less, the fee that the bank kept is none: so much less has left now than was paid."""
    came_back = [(part, refund_of(part) or transfer_of(part)) for part in parts]
    kept = sum((one.amount - part.amount for part, one in came_back if one), Money(0, line.currency))
    if kept:
        book, key = line.statement.book, f"taken:{line.digest}:fee"
        fees, there = accounts.fees(book, NAME, line.currency), accounts.bank(book, line.currency)
        accounts.move(kept, source=fees, target=there, kind="taken", key=key, provider=NAME, at=at)


def _lose(charge: Charge, amount: Money, at: datetime) -> None:
    """The whole way, as a provider tells it: disputes before this one were heard of."""
    way = [Outcome("dispute")] * charge.disputes.count()
    way.append(Outcome("dispute", amount=amount, reason=str(_("The bank took the transfer back."))))
    advance_charge(charge, [*way, Outcome("lose", amount=amount)], at=at)


def _is_taken(credit: StatementLine) -> bool:
    return credit.state == LineState.SETTLED and credit.proposal == Proposal.TAKEN


def _is_deposit(credit: StatementLine) -> bool:
    """Whether a fund has it, by two people: by this line, or entered by hand."""
    is_named = credit.proposal in (Proposal.FUND, Proposal.DOUBLE) and bool(credit.purpose)
    return is_named and credit.state == LineState.SETTLED


def _taker(purpose: str) -> deposits.DepositTaker:
    return deposits.takers[purpose.partition(":")[0]]


def _to_bank(line: StatementLine, amount: Money, target: Account, what: str, at: datetime) -> None:
    there = accounts.bank(line.statement.book, line.currency)
    key = f"taken:{line.digest}:{what}"
    accounts.move(amount, source=there, target=target, kind="taken", key=key, provider=NAME, at=at)
