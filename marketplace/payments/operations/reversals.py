"""Credits that the bank takes back, by a line of their own: what they paid hears of it as of a lost dispute."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict
from civic.core.locking import lock_rows
from civic.core.money import Money
from civic.core.states import lock, transition
from marketplace.ledger.models import Account
from marketplace.payments import accounts, deposits
from marketplace.payments.models import Charge, Refund, StatementLine, Transfer
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.paid_lines import paid_by
from marketplace.payments.operations.refunds import post_otherwise
from marketplace.payments.operations.sent_payments import columns_of, is_shown_later
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
    parts = _parts(credit, paid)
    if not _adds_up(credit, parts, paid):
        return _("It is not known any more what became of each part of this line. Ask whoever runs the site.")
    # What was paid must not count without its money; where nothing was, a better way comes first. A fund's part is
    # waited for in any case: booked as lost while it is promised, it would go to its funder a second time.
    asked = [part for part in parts if not paid or _is_funds(part)]
    return next(filter(None, (_of_part(credit, part) for part in asked)), "")


def borne_of(credit: StatementLine) -> Money:
    """What the city bears if the credit is taken back now: parts of it that can't be undone, and are its loss."""
    with transaction.atomic():  # a fund is locked while it says what is free
        borne = [part.amount for part in _parts(credit, paid_by(credit)) if _is_borne(credit, part)]
    return sum(borne, Money(0, credit.currency))


class Part(NamedTuple):
    """What became of a part of a credit that is neither in suspense nor has paid a payment: by the verb, and of what.

    `of` is the purpose that took it, or says which refund or transfer of ours it brought back.
    """

    proposal: str
    of: str
    amount: Money


def _parts(credit: StatementLine, paid: dict[Charge, int]) -> list[Part]:
    """All of it by what was settled, as events tell; as one, by the last verb, where that was before they told it.

    What was sent back is what has not failed since: then it was in suspense again, and became something else.
    """
    parts: Counter[tuple[str, str]] = Counter()
    told = [event.payload for event in events.about(credit).filter(payload__has_key="settled_minor")]
    for one in told:
        if one["as"] not in (Proposal.CHARGE, Proposal.RETURN):
            parts[one["as"], one["for"]] += one["settled_minor"]
    parts[Proposal.RETURN, ""] = sum(transfer.amount_minor for transfer in _returns(credit))
    if not told:
        rest = credit.amount.minor - credit.suspense_minor - sum(paid.values())
        parts = Counter({(credit.proposal, became_of(credit)): rest})
    return [
        Part(proposal, of, Money(minor, credit.currency)) for (proposal, of), minor in parts.items() if minor
    ]


def _adds_up(credit: StatementLine, parts: list[Part], paid: dict[Charge, int]) -> bool:
    known = sum(part.amount.minor for part in parts) + credit.suspense_minor + sum(paid.values())
    return known == credit.amount.minor


def _is_funds(part: Part) -> bool:
    return part.proposal in (Proposal.FUND, Proposal.DOUBLE)


def became_of(line: StatementLine) -> str:
    """What takes the part of a line that its proposal is about, or which refund or transfer of ours it brings back."""
    if line.proposal in (Proposal.FUND, Proposal.DOUBLE):
        return line.purpose
    if line.proposal in (Proposal.BACK, Proposal.LESS):
        return f"refund:{line.refund_id}" if line.refund_id else f"transfer:{line.transfer_id}"
    return ""


def _of_part(credit: StatementLine, part: Part) -> str:
    """Why it can't be taken back, and what to do instead; empty where it can, or there is no other way."""
    if _is_funds(part):
        return _taker(part.of).why_not_free(part.of, part.amount, credit=credit.pk)
    if part.proposal == Proposal.RETURN:
        return _of_return(_returned(credit))
    if part.proposal == Proposal.STRIPE:
        return _("It is booked as a payout of Stripe’s: ask Stripe why the bank has taken it back.")
    if part.proposal == Proposal.BACK and part.amount == credit.amount and _refund_of(part) is None:
        return _(
            "It has brought back a transfer of ours, which has gone after all. Ask for the payout or the return anew, "
            "and say that this line shows it."
        )
    return ""


def _is_borne(credit: StatementLine, part: Part) -> bool:
    """Whether nothing of it can be undone."""
    if part.proposal in (Proposal.BACK, Proposal.LESS):
        refund = _refund_of(part)
        return refund is None or not (refund.can("pay_otherwise") or is_shown_later(refund))
    return bool(_of_part(credit, part))


def _refund_of(part: Part) -> Refund | None:
    kind, _colon, key = part.of.partition(":")
    return Refund.objects.get(pk=key) if kind == "refund" else None


def _of_return(transfer: Transfer | None) -> str:
    if transfer is not None and transfer.state == TransferState.SETTLED:
        return _(
            "It was sent back on %(day)s, and has now left twice. Ask whoever got it to pay it back; when that has "
            "arrived, say that it is the transfer of ours that came back, and name its line here."
        ) % {"day": date_format(localtime(transfer.state_since), "DATE_FORMAT")}
    if transfer is None or transfer.state == TransferState.REVERSED:
        return _("It was sent back and has come back: name the line that brought it.")
    return ""


def _in_file(credit: StatementLine) -> str:
    """Whether it is not decided yet if what goes back will leave: why that must be known first."""
    if _waiting(credit).exclude(bank_order=None).exists():
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
    # Before the line, as whoever makes a payment file locks them.
    lock_rows(_returns(credit))
    lock(credit)
    credit.refresh_from_db()
    lock_rows(_returns(credit))
    paid = paid_by(credit)
    for charge in sorted(paid, key=lambda charge: charge.pk):
        lock(charge)
    # Whether one lies in a payment file is asked below: who makes a file now has these, or waits for them.
    lock_rows(Refund.objects.filter(charge__in=paid, state=RefundState.PENDING))
    if why := why_not(line, credit):
        raise Conflict(why)
    parts = _parts(credit, paid)
    # Before anything moves: afterwards it would not be seen what was undone.
    borne = [part for part in parts if _is_borne(credit, part)]
    _out_of_suspense(line, credit, at)
    if credit.state == LineState.UNCLEAR:
        StatementLine.objects.filter(pk=credit.pk).update(
            suspense_minor=0, proposal=Proposal.TAKEN, proposed_by=line.proposed_by, confirmed_by=second
        )
        transition(credit, "take_back", actor=second, at=at)
    for charge, minor in paid.items():
        _lose(charge, Money(minor, line.currency), at)
    for part in parts:
        if part not in borne:
            _undo(line, part, second, at)
    if borne:
        loss = sum((part.amount for part in borne), Money(0, line.currency))
        _to_bank(line, loss, accounts.losses(line.statement.book, line.currency), "loss", at)
    return 0


def _out_of_suspense(line: StatementLine, credit: StatementLine, at: datetime) -> None:
    """With what was to go back: it has not gone, so that it is in suspense again, and leaves from there."""
    in_suspense = Money(credit.suspense_minor, line.currency)
    for transfer in _waiting(credit):
        failed = Outcome("fail", failure=str(_("The bank took its credit back.")))
        advance_transfer(transfer, failed, at=at, reopens=False)
        in_suspense += transfer.amount
    if in_suspense:
        _to_bank(line, in_suspense, accounts.suspense(line.statement.book, line.currency), "suspense", at)


def _undo(line: StatementLine, part: Part, second: Person, at: datetime) -> None:
    """What was to go back has been called off already; the rest is the city's income, a refund, or with its taker."""
    if part.proposal == Proposal.INCOME:
        _to_bank(line, part.amount, accounts.income(line.statement.book, line.currency), "income", at)
    elif _is_funds(part):
        assert line.reverses is not None
        credit = line.reverses.pk
        _taker(part.of).take_back(part.of, part.amount, credit=credit, confirmed_by=second, at=at)
    elif refund := _refund_of(part):
        _has_gone(line, refund, refund.amount - part.amount, second, at)


def _has_gone(line: StatementLine, refund: Refund, kept: Money, second: Person, at: datetime) -> None:
    """A refund that came back has not: it is paid by this line, unless that was booked before as paid by hand.

    Of one that came back less, the fee that was `kept` of it is none: so much less has left now.
    """
    if lock(refund).can("pay_otherwise"):
        post_otherwise(refund, second, str(_("The bank took back what had come back.")), at)
    StatementLine.objects.filter(pk=line.pk).update(**columns_of(refund))
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


def _returns(credit: StatementLine) -> QuerySet[Transfer]:
    """The transfer that sends the line's money back, if there is one that has not failed."""
    sent = Transfer.objects.filter(purpose__startswith=f"return:{credit.pk}")
    return sent.exclude(state=TransferState.FAILED)


def _waiting(credit: StatementLine) -> QuerySet[Transfer]:
    """The same, while it has not gone."""
    return _returns(credit).filter(state__in=[TransferState.REQUESTED, TransferState.SENT])


def _returned(credit: StatementLine) -> Transfer | None:
    return _returns(credit).last()


def _to_bank(line: StatementLine, amount: Money, target: Account, what: str, at: datetime) -> None:
    there = accounts.bank(line.statement.book, line.currency)
    key = f"taken:{line.digest}:{what}"
    accounts.move(amount, source=there, target=target, kind="taken", key=key, provider=NAME, at=at)
