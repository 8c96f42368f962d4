"""Claims on payers who got the same money back twice: asked for by transfer, paid, or written off by two people."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core.errors import Conflict, required
from civic.core.policies import require
from civic.core.states import lock, transition
from marketplace.ledger import operations as ledger
from marketplace.payments import accounts, providers
from marketplace.payments.models import Charge, Claim
from marketplace.payments.operations.charges import cancel_charge, start_charge
from marketplace.payments.operations.refunds import request_refund
from marketplace.payments.references import reference_for, spaced
from marketplace.payments.states import CLAIMED, OVER, ClaimState


def ask_claim(claim: Claim, *, payer: Person | None, at: datetime) -> Charge | None:
    """Waits for the money by bank transfer, once; returns the charge, or None where no such account is in its book."""
    with transaction.atomic():
        lock(claim)
        known = Charge.objects.filter(purpose=claim.purpose).first()
        bank = providers.transfer_in(claim.charge.book, claim.charge.currency)
        if known or bank is None or claim.state not in CLAIMED:
            return known
        return start_charge(
            actor=None,
            payer=payer,
            provider=bank.name,
            amount=claim.amount,
            purpose=claim.purpose,
            account=_account(claim),
            at=at,
        )


def how_to_pay(charge: Charge | None) -> dict[str, str]:
    """Account, holder and reference of the transfer, for people to type; empty where nobody waits for one."""
    if charge is None:
        return {}
    return {
        "holder": settings.BANK_HOLDER,
        "account": spaced(settings.BANK_ACCOUNT.replace(" ", "")),
        "reference": spaced(reference_for(charge.pk)),
    }


def settle_claim(claim: Claim, charge: Charge, *, at: datetime) -> None:
    """What was a loss is none any more. Once a claim: what arrives after a refund has set it off goes back."""
    with transaction.atomic():
        if not lock(claim).can("pay"):
            there = accounts.held(charge.book, _account(claim), charge.currency)
            if claim.state == ClaimState.PAID and ledger.available(there) >= charge.amount:
                reason = str(_("It was settled already, by a refund that came back."))
                key = f"paid-twice:{charge.pk}"
                request_refund(actor=None, charge=charge, amount=charge.amount, key=key, reason=reason, at=at)
            return
        transition(claim, "pay", actor=None, at=at)
        accounts.move(
            charge.amount,
            source=accounts.losses(charge.book, charge.currency),
            target=accounts.held(charge.book, _account(claim), charge.currency),
            kind="claim.paid",
            key=f"{claim.purpose}:paid",
            provider=charge.provider,
            at=at,
        )


def propose_write_off(*, actor: Person, claim: Claim, reason: str, at: datetime) -> None:
    """Says that the city gives it up, and why; somebody else confirms it.

    Raises Forbidden, Invalid without a reason, IllegalTransition where it is not owed or was proposed already.
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say why the city gives it up."))
    with transaction.atomic():
        lock(claim)
        Claim.objects.filter(pk=claim.pk).update(proposed_by=actor)
        transition(claim, "propose", actor=actor, at=at, reason=reason)


def withdraw_write_off(*, actor: Person, claim: Claim, reason: str, at: datetime) -> None:
    """The payer owes it as before, whoever proposed to give it up. Raises Forbidden, IllegalTransition."""
    require(actor, "keep", "books")
    transition(claim, "withdraw", actor=actor, at=at, reason=reason)


def confirm_write_off(*, actor: Person, claim: Claim, at: datetime) -> None:
    """It stays a loss, and nobody waits for the money any more.

    Raises Forbidden for the one who proposed it, Conflict where nobody did.
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        lock(claim)
        claim.refresh_from_db(fields=["proposed_by"])
        require(actor, "write_off", claim)
        if not claim.can("write_off"):
            raise Conflict(_("Nobody has proposed to write this off."))
        Claim.objects.filter(pk=claim.pk).update(confirmed_by=actor)
        transition(claim, "write_off", actor=actor, at=at)
        for charge in Charge.objects.filter(purpose=claim.purpose).exclude(state__in=OVER):
            cancel_charge(actor=actor, charge=charge, at=at)


def _account(claim: Claim) -> str:
    return f"claim/{claim.pk}"
