"""What arrived and was not understood: one person says what it is, another one agrees."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core.errors import Conflict, Forbidden, Invalid
from civic.core.money import Money
from civic.core.states import lock, transition
from marketplace.ledger import operations as ledger
from marketplace.payments import accounts
from marketplace.payments.models import Charge, StatementLine
from marketplace.payments.operations.charging import advance_charge
from marketplace.payments.operations.transferring import request_transfer
from marketplace.payments.policies import require_books
from marketplace.payments.providers import Outcome
from marketplace.payments.providers.bank import NAME

Proposal = StatementLine.Proposal


def propose_settlement(
    *,
    actor: Person,
    line: StatementLine,
    proposal: str,
    reason: str,
    at: datetime,
    charge: Charge | None = None,
) -> None:
    """Says what a line is: it pays `charge`, is to be sent back, or is a provider's payout to the city.

    `reason` stays on record. Raises Forbidden, Invalid where the reason is missing or the proposal does not fit,
    IllegalTransition.
    """
    require_books(actor)
    if not reason.strip():
        raise Invalid(reason=_("Say how you know."))
    with transaction.atomic():
        _fresh(line)
        _check(line, proposal, charge)
        StatementLine.objects.filter(pk=line.pk).update(
            proposal=proposal,
            charge=charge or line.charge,
            proposed_by=actor,
            confirmed_by=None,
        )
        transition(line, "propose", actor=actor, at=at, reason=reason)


def _check(line: StatementLine, proposal: str, charge: Charge | None) -> None:
    if not line.suspense_minor:
        raise Invalid(_("Nothing of this line is in suspense."))
    if proposal == Proposal.RETURN and not line.iban:
        raise Invalid(_("The line names no account to send it back to."))
    if proposal == Proposal.CHARGE and not (charge and _fits(line, charge)):
        raise Invalid(
            charge=_("This payment is closed, larger than what is in suspense, or not by bank transfer.")
        )


def _fits(line: StatementLine, charge: Charge) -> bool:
    same = (charge.book, charge.currency, charge.provider) == (line.statement.book, line.currency, NAME)
    return same and charge.amount_minor <= line.suspense_minor and charge.can("succeed")


def take_back_settlement(*, actor: Person, line: StatementLine, reason: str, at: datetime) -> None:
    """Takes a proposal back, whoever made it."""
    require_books(actor)
    transition(line, "take_back", actor=actor, at=at, reason=reason)


def confirm_settlement(*, actor: Person, line: StatementLine, at: datetime) -> None:
    """Does what somebody else proposed. What is left over stays in suspense.

    Raises Forbidden for the one who proposed it, Conflict where the charge is closed in the meantime.
    """
    require_books(actor)
    with transaction.atomic():
        _fresh(line)
        if line.proposed_by_id == actor.pk:
            raise Forbidden(_("Somebody else has to confirm what you proposed."))
        if not line.can("settle"):
            raise Conflict(_("Nothing is proposed for this line."))
        left = SETTLING[Proposal(line.proposal)](line, actor, at)
        StatementLine.objects.filter(pk=line.pk).update(confirmed_by=actor, suspense_minor=left)
        transition(line, "settle_part" if left else "settle", actor=actor, at=at)


def _pay(line: StatementLine, actor: Person, at: datetime) -> int:
    charge = line.charge
    if charge is None or not lock(charge).can("succeed"):
        raise Conflict(_("This payment was closed in the meantime."))
    advance_charge(
        charge, Outcome("succeed"), at=at, source=accounts.suspense(line.statement.book, line.currency)
    )
    return line.suspense_minor - charge.amount_minor


def _return(line: StatementLine, actor: Person, at: datetime) -> int:
    """Where to, stands on the line: its name and account can be erased, a transfer's can't."""
    request_transfer(
        actor=actor,
        provider=NAME,
        amount=Money(line.suspense_minor, line.currency),
        purpose=f"return:{line.pk}",
        account=accounts.SUSPENSE,
        destination=f"statement-line:{line.pk}",
        holder="",
        at=at,
    )
    return 0


def _paid_out(line: StatementLine, actor: Person, at: datetime) -> int:
    """What was at the provider is in the bank now."""
    book = line.statement.book
    ledger.post(
        book=book,
        kind="settlement",
        key=f"settlement:{line.digest}",
        legs=ledger.move(
            Money(line.suspense_minor, line.currency),
            source=accounts.at_provider(book, line.proposal, line.currency),
            target=accounts.suspense(book, line.currency),
        ),
        at=at,
        public={"provider": line.proposal},
    )
    return 0


SETTLING: dict[str, Callable[[StatementLine, Person, datetime], int]] = {
    Proposal.CHARGE: _pay,
    Proposal.RETURN: _return,
    Proposal.STRIPE: _paid_out,
}


def _fresh(line: StatementLine) -> None:
    lock(line)
    line.refresh_from_db()
