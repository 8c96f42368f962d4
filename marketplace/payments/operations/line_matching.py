"""What a statement shows and nobody understood: one person says what it is, another one agrees."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core.errors import Conflict, Invalid, required
from civic.core.money import Money
from civic.core.policies import require
from civic.core.states import lock, transition
from marketplace.ledger.models import Account
from marketplace.payments import accounts
from marketplace.payments.models import Charge, Refund, StatementLine, Transfer
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.reconciliation import link_settlement, post_settlement
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.operations.transfers import OF_A_LINE, advance_transfer, request_transfer
from marketplace.payments.providers import Outcome
from marketplace.payments.providers.bank import NAME

Proposal = StatementLine.Proposal
Target = Charge | Refund | Transfer
OUTGOING = (Proposal.SENT, Proposal.FEE)


def propose_line_match(
    *,
    actor: Person,
    line: StatementLine,
    proposal: str,
    reason: str,
    at: datetime,
    target: Target | None = None,
) -> None:
    """Says what a line is (`StatementLine.Proposal`); `target` is the charge that it pays, the refund or transfer that
    it is, or the transfer that came back.

    `reason` stays on record. Raises Forbidden, Invalid where the reason is missing or the proposal does not fit,
    IllegalTransition.
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say how you know."))
    with transaction.atomic():
        _fresh(line)
        _require_fit(line, Proposal(proposal), target)
        StatementLine.objects.filter(pk=line.pk).update(
            proposal=proposal,
            charge=target if isinstance(target, Charge) else line.charge,
            refund=target if isinstance(target, Refund) else None,
            transfer=target if isinstance(target, Transfer) else None,
            proposed_by=actor,
            confirmed_by=None,
        )
        transition(line, "propose", actor=actor, at=at, reason=reason)


def _require_fit(line: StatementLine, proposal: StatementLine.Proposal, target: Target | None) -> None:
    """Raises Invalid, which says what is in the way."""
    if proposal in OUTGOING:
        _require_outgoing(line, proposal, target)
        return
    if not line.suspense_minor:
        raise Invalid(_("Nothing of this line is in suspense."))
    if proposal == Proposal.RETURN and not line.iban:
        raise Invalid(_("The line names no account to send it back to."))
    if proposal == Proposal.STRIPE and line.suspense_minor != line.amount_minor:
        raise Invalid(_("A part of this line has been settled as something else."))
    if proposal == Proposal.CHARGE and not (isinstance(target, Charge) and _pays(line, target)):
        raise Invalid(
            charge=_("This payment is closed, larger than what is in suspense, or not by bank transfer.")
        )
    if proposal == Proposal.BACK and not (isinstance(target, Transfer) and _is_back(line, target)):
        raise Invalid(_("No transfer of this reference has gone, or it was larger than what is in suspense."))


def _require_outgoing(line: StatementLine, proposal: StatementLine.Proposal, target: Target | None) -> None:
    if line.amount_minor > 0:
        raise Invalid(_("This line is money that arrived."))
    if proposal == Proposal.SENT and not (isinstance(target, Refund | Transfer) and _is_sent(line, target)):
        raise Invalid(_("No refund or transfer of this reference waits to go in just this amount."))


def _pays(line: StatementLine, charge: Charge) -> bool:
    return _same(line, charge) and charge.amount_minor <= line.suspense_minor and charge.can("succeed")


def _is_back(line: StatementLine, transfer: Transfer) -> bool:
    whole = transfer.amount_minor <= line.suspense_minor
    return _same(line, transfer) and whole and transfer.can("reverse")


def _is_sent(line: StatementLine, wanted: Refund | Transfer) -> bool:
    waits = wanted.can("finish") if isinstance(wanted, Refund) else wanted.can("settle")
    return _same(line, wanted) and wanted.amount_minor == -line.amount_minor and waits


def _same(line: StatementLine, wanted: Target) -> bool:
    return (wanted.book, wanted.currency, wanted.provider) == (line.statement.book, line.currency, NAME)


def withdraw_line_match(*, actor: Person, line: StatementLine, reason: str, at: datetime) -> None:
    """Takes a proposal back, whoever made it."""
    require(actor, "keep", "books")
    transition(line, "withdraw", actor=actor, at=at, reason=reason)


def confirm_line_match(*, actor: Person, line: StatementLine, at: datetime) -> None:
    """Does what somebody else proposed. What is left over stays in suspense.

    Raises Forbidden for the one who proposed it, Conflict where what it was to be is closed in the meantime.
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        _fresh(line)
        require(actor, "confirm", line)
        if not line.can("settle"):
            raise Conflict(_("Nothing is proposed for this line."))
        left = SETTLING[Proposal(line.proposal)](line, actor, at)
        StatementLine.objects.filter(pk=line.pk).update(confirmed_by=actor, suspense_minor=left)
        transition(line, "settle_part" if left else "settle", actor=actor, at=at)


def _pay(line: StatementLine, actor: Person, at: datetime) -> int:
    charge = line.charge
    if charge is None or not lock(charge).can("succeed"):
        raise Conflict(_("This payment was closed in the meantime."))
    advance_charge(charge, Outcome("succeed"), at=at, source=_suspense(line))
    return line.suspense_minor - charge.amount_minor


def _return(line: StatementLine, actor: Person, at: datetime) -> int:
    """Where to, stands on the line: its name and account can be erased, a transfer's can't."""
    request_transfer(
        actor=actor,
        provider=NAME,
        amount=Money(line.suspense_minor, line.currency),
        purpose=f"return:{line.pk}",
        account=accounts.SUSPENSE,
        destination=f"{OF_A_LINE}{line.pk}",
        holder="",
        at=at,
    )
    return 0


def _paid_out(line: StatementLine, actor: Person, at: datetime) -> int:
    """What was at the provider is in the bank now."""
    if line.suspense_minor != line.amount_minor:
        raise Conflict(_("A part of this line has been settled as something else."))
    post_settlement(line, line.proposal, _suspense(line), at)
    link_settlement(line, line.proposal)
    return 0


def _came_back(line: StatementLine, actor: Person, at: datetime) -> int:
    transfer = line.transfer
    if transfer is None or not lock(transfer).can("reverse"):
        raise Conflict(_("This transfer was closed in the meantime."))
    advance_transfer(transfer, Outcome("reverse"), at=at, source=_suspense(line))
    return line.suspense_minor - transfer.amount_minor


def _sent(line: StatementLine, actor: Person, at: datetime) -> int:
    wanted, verb = (line.refund, "finish") if line.refund else (line.transfer, "settle")
    if wanted is None or not lock(wanted).can(verb):
        raise Conflict(_("This was closed in the meantime."))
    if isinstance(wanted, Refund):
        advance_refund(wanted, Outcome(verb), at=at)
    else:
        advance_transfer(wanted, Outcome(verb), at=at)
    return 0


def _fee(line: StatementLine, actor: Person, at: datetime) -> int:
    book, currency = line.statement.book, line.currency
    there, kept = accounts.bank(book, currency), accounts.fees(book, NAME, currency)
    key = f"statement:{line.digest}"
    accounts.move(-line.amount, source=there, target=kept, kind="fee", key=key, provider=NAME, at=at)
    return 0


SETTLING: dict[str, Callable[[StatementLine, Person, datetime], int]] = {
    Proposal.CHARGE: _pay,
    Proposal.RETURN: _return,
    Proposal.STRIPE: _paid_out,
    Proposal.BACK: _came_back,
    Proposal.SENT: _sent,
    Proposal.FEE: _fee,
}


def _suspense(line: StatementLine) -> Account:
    return accounts.suspense(line.statement.book, line.currency)


def _fresh(line: StatementLine) -> None:
    lock(line)
    line.refresh_from_db()
