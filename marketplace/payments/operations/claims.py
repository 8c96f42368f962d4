"""Claims on payers who got the same money back twice: asked for by transfer, paid, or written off by two people."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.policies import require, require_still
from civic.core.states import lock, transition
from marketplace.ledger import operations as ledger
from marketplace.payments import accounts, providers
from marketplace.payments.models import Charge, Claim
from marketplace.payments.operations.charges import cancel_charge, start_charge
from marketplace.payments.operations.refunds import post_payment, request_refund, set_off_claims
from marketplace.payments.states import CLAIMED, OVER, REFUNDABLE, ChargeState, ClaimState

# Of these no payment of a claim is waited for any more.
TAKEN_BACK = [ChargeState.FAILED, ChargeState.LOST]


def ask_claim(claim: Claim, *, payer: Person | None, at: datetime) -> Charge | None:
    """Waits for the money by bank transfer, once, and again where the bank took a transfer back.

    Returns the charge, or None where no such account is in its book.
    """
    with transaction.atomic():
        lock(claim)
        known = claim.payments.last()
        bank = providers.transfer_in(claim.charge.book, claim.charge.currency)
        if (known and known.state not in TAKEN_BACK) or bank is None or claim.state not in CLAIMED:
            return known
        return start_charge(
            actor=None,
            payer=payer,
            provider=bank.name,
            amount=claim.owed,
            purpose=claim.purpose + (f":{claim.payments.count() + 1}" if known else ""),
            account=_account(claim),
            at=at,
        )


def settle_claim(claim: Claim, charge: Charge, *, at: datetime) -> None:
    """What was a loss is none any more. Once a claim: what arrives after a refund has set it off goes back.

    Looks at what is there: the bank may have taken the payment back before anybody heard of it.
    """
    with transaction.atomic():
        lock(claim)
        charge.refresh_from_db()
        there = accounts.held(charge.book, _account(claim), charge.currency)
        arrived = ledger.available(there)
        if claim.can("pay") and arrived and claim.owed.minor <= 0:
            post_payment(claim, {there: arrived}, provider=charge.provider, at=at)
        elif claim.state == ClaimState.PAID and arrived >= charge.amount and charge.state in REFUNDABLE:
            reason = str(_("It was settled already, by a refund that came back."))
            key = f"paid-twice:{charge.pk}"
            request_refund(actor=None, charge=charge, amount=charge.amount, key=key, reason=reason, at=at)


def reopen_claim(claim: Claim, charge: Charge, *, at: datetime) -> None:
    """What the bank has taken back of a claim's payment is owed again, and asked for anew (the event says so)."""
    with transaction.atomic():
        # Before the claim, as when a refund comes back.
        lock(claim.charge)
        # The news of the payment may come later than that of its end.
        settle_claim(claim, charge, at=at)
        if claim.payments.exclude(state__in=OVER).exists() or claim.owed.minor <= 0:
            return
        if claim.state == ClaimState.PAID:
            Claim.objects.filter(pk=claim.pk).update(proposed_by=None, confirmed_by=None)
            transition(claim, "reopen", actor=None, at=at)
        elif claim.state in CLAIMED:
            events.record("claim.reopened", actor=None, subject=claim, at=at)
        set_off_claims(claim.charge, at)


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
        require_still(claim.proposed_by, "keep", "books")
        Claim.objects.filter(pk=claim.pk).update(confirmed_by=actor)
        transition(claim, "write_off", actor=actor, at=at)
        for charge in claim.payments.exclude(state__in=OVER):
            cancel_charge(actor=actor, charge=charge, at=at)


def _account(claim: Claim) -> str:
    return f"claim/{claim.pk}"
