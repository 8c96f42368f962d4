"""What a project that has ended leaves goes back, in proportion, to backers, sponsors and funds: by two people."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.locking import lock_row
from civic.core.money import Money
from civic.core.policies import require, require_still
from civic.core.states import lock, transition
from marketplace.campaigns.locking import lock_exclusive
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations import postings
from marketplace.campaigns.operations.totals import recount
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations.credit_notes import credit_part
from marketplace.matching.operations import matching
from marketplace.matching.states import AllocationState
from marketplace.payments import operations as payments
from marketplace.payments.models import Charge
from marketplace.payouts import remainder
from marketplace.payouts.models import Return
from marketplace.payouts.operations import holds, losses


def propose_return(*, actor: Person, campaign: Campaign, reason: str, at: datetime) -> Return:
    """Plans who gets back how much of what is left; nothing moves until somebody else confirms it.

    Raises Forbidden (no finance officer, or part of the project), Invalid without a reason, Conflict (the project has
    not ended, money is held back, payouts are not decided, nothing is left, or it is proposed already).
    """
    reason = required(reason, _("Say why; everybody who gets money back reads it."))[:200]
    require(actor, "keep", "books")
    with transaction.atomic():
        current = lock_exclusive(campaign)
        require(actor, "return_rest", current)
        plan = _plan(current, at)
        made = Return(
            campaign=current,
            amount_minor=sum(share.minor for share in plan),
            currency=current.currency,
            shares=[share.kept() for share in plan],
            reason=reason,
            proposed_by=actor,
            state_since=at,
        )
        _insert(made)
        events.record("return.proposed", actor=actor, subject=made, at=at, note=reason)
    return made


def _insert(made: Return) -> None:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        if "one_return_at_once" not in str(error):
            raise
        raise Conflict(_("This is proposed already: somebody else confirms it, or withdraws it.")) from error


def withdraw_return(*, actor: Person, returned: Return, reason: str, at: datetime) -> None:
    """Drops a proposal, with the reason. Raises Forbidden, Invalid, IllegalTransition."""
    reason = required(reason, holds.NO_REASON)
    require(actor, "keep", "books")
    with transaction.atomic():
        campaign = lock_exclusive(returned.campaign)
        require(actor, "return_rest", campaign)
        transition(returned, "withdraw", actor=actor, at=at, reason=reason)


def confirm_return(*, actor: Person, returned: Return, at: datetime) -> None:
    """Gives it back as it was planned; afterwards the campaign has nothing left of it.

    Raises Forbidden (no finance officer, part of the project, who proposed it), IllegalTransition, Conflict (as
    `propose_return`, or the money has changed since: withdrawn, it is proposed anew).
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        campaign = lock_exclusive(returned.campaign)
        current = lock_row(Return.objects, pk=returned.pk)
        current.campaign = campaign
        if not current.can("confirm"):
            transition(current, "confirm", actor=actor, at=at)  # refused by its state
        require(actor, "confirm", current)
        require_still(current.proposed_by, "keep", "books")
        plan = _plan(campaign, at)
        if [share.kept() for share in plan] != current.shares:
            raise Conflict(_("The campaign’s money has changed since. Withdraw this and propose it anew."))
        Return.objects.filter(pk=current.pk).update(confirmed_by=actor)
        transition(current, "confirm", actor=actor, at=at, reason=current.reason)
        _carry_out(current, plan, at)
        recount(campaign, at)


def _plan(campaign: Campaign, at: datetime) -> list[remainder.Share]:
    """Who gets what, of the locked campaign. Raises Conflict where nothing can go back now."""
    losses.money_came(campaign, at)
    if why := remainder.why_none(campaign):
        raise Conflict(why)
    return remainder.shares(campaign)


def _carry_out(returned: Return, plan: list[remainder.Share], at: datetime) -> None:
    """Funds, sponsors, then payers: the order of locks (campaigns.locking)."""
    campaign, reason = returned.campaign, returned.reason
    wanted = {
        kind: {share.key: share.minor for share in plan if share.kind == kind} for kind in remainder.KINDS
    }
    for allocation in matching.locked_allocations(campaign, [AllocationState.PAID]):
        if minor := wanted[remainder.FUND].get(str(allocation.pk)):
            key = f"return:{returned.pk}:{allocation.pk}"
            matching.return_part(allocation, minor, key=key, at=at)
    for invoice in Invoice.objects.filter(pk__in=wanted[remainder.SPONSOR]).order_by("pk"):
        credit_part(invoice, net_minor=wanted[remainder.SPONSOR][str(invoice.pk)], reason=reason, at=at)
    back = wanted[remainder.PAYER]
    # At once, and before any refund: what is on its way back already does not count as there for the next one.
    postings.bring_back(campaign, campaign.money(sum(back.values())), at)
    for charge in Charge.objects.filter(pk__in=back).order_by("pk"):
        lock(charge)
        payments.request_refund(
            actor=None,
            charge=charge,
            amount=Money(back[str(charge.pk)], charge.currency),
            key=f"return-{returned.pk}-{charge.pk}",
            reason=reason,
            at=at,
        )
