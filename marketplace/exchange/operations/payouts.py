"""The bounty of an accepted need: requested by one, approved by others, sent; asked for again where it came back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.accounts.states import INACTIVE
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.policies import require, require_still
from civic.core.states import transition
from marketplace.campaigns.conditions import why_not_paid
from marketplace.exchange import accounts, conditions, locking
from marketplace.exchange.models import BountyPayout, DataNeed
from marketplace.exchange.operations.gifts import settle_gifts
from marketplace.exchange.queries.needs import firm
from marketplace.exchange.states import AT_REST, BountyPayoutState, NeedState
from marketplace.payments import operations as payments
from marketplace.payments.providers import Unavailable
from marketplace.payouts.operations import losses
from marketplace.payouts.operations.holds import NO_REASON
from marketplace.payouts.operations.payouts import approvals_for
from marketplace.payouts.queries import usable_details_of


def request_payout(*, actor: Person, payout: BountyPayout, at: datetime) -> None:
    """A finance officer asks that all the bounty holds is sent to the organisation's account; others approve it.

    Raises Forbidden (no finance officer, or a part in it), Conflict (a dispute runs, a payment is under way, the
    dataset is withdrawn, nobody to pay to, nothing left), IllegalTransition.
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        current = _locked(actor, payout)
        if not current.can("request"):
            # Refused by its state, before anything is asked of the rest.
            transition(current, "request", actor=actor, at=at)
        _check_may_leave(current)
        details = usable_details_of(current.offer.organisation_id, at)
        if details is None:
            raise Conflict(_("Its organisation has named no account, or one that is too new to be used."))
        amount = firm(current.need)
        if not amount:
            raise Conflict(_("Nothing is left of this bounty."))
        if current.state != BountyPayoutState.PLANNED:
            current.attempt += 1
        current.amount_minor, current.details, current.requested_by = amount.minor, details, actor
        current.approved_by = current.also_approved_by = None
        current.approvals_needed, current.failure = approvals_for(amount), ""
        written = ["amount_minor", "details", "attempt", "approvals_needed", "failure"]
        current.save(update_fields=[*written, "requested_by", "approved_by", "also_approved_by"])
        transition(current, "request", actor=actor, at=at)
    payout.refresh_from_db()


def approve_payout(*, actor: Person, payout: BountyPayout, at: datetime) -> None:
    """One more yes; with enough of them the bounty is sent at once.

    Raises Forbidden (no finance officer, who requested it, a part in it), Conflict (as for the request; another sum is
    there by now, approved by the same person already, not requested, provider switched off).
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        current = _locked(actor, payout)
        if current.state != BountyPayoutState.REQUESTED:
            raise Conflict(_("This payout does not wait for approval."))
        require(actor, "approve", current)
        require_still(current.requested_by, "keep", "books")
        _check_may_leave(current)
        if firm(current.need) != current.amount:
            raise Conflict(_("The bounty holds another sum by now. Send it back, to be requested anew."))
        if current.approved_by_id == actor.pk:
            raise Conflict(_("You approved this payout already; somebody else has to, too."))
        # Whoever was dismissed since has approved nothing.
        if current.approved_by is not None:
            require_still(current.approved_by, "keep", "books")
        name = "also_approved_by" if current.approved_by_id else "approved_by"
        # First: without it the database refuses the approval.
        events.record("bounty_payout.consented", actor=actor, subject=current, at=at)
        setattr(current, name, actor)
        current.save(update_fields=[name])
        if current.approvals >= current.approvals_needed:
            _send(current, actor, at)
    payout.refresh_from_db()


def send_back(*, actor: Person, payout: BountyPayout, reason: str, at: datetime) -> None:
    """Does not approve, with a reason. Raises Forbidden, Invalid, IllegalTransition."""
    require(actor, "keep", "books")
    reason = required(reason, NO_REASON)
    with transaction.atomic():
        _take_back(_locked(actor, payout), actor, reason, at)
    payout.refresh_from_db()


def recall(need: DataNeed, *, reason: str, at: datetime) -> None:
    """Takes back what waits for approval: a dispute may lower the bounty. The need is locked by the caller."""
    for found in BountyPayout.objects.filter(need=need, state=BountyPayoutState.REQUESTED):
        _take_back(found, None, reason, at)


def return_bounty(*, actor: Person, payout: BountyPayout, reason: str, at: datetime) -> None:
    """Gives a bounty back to its givers that can't be paid to whom it is owed, with the reason that everybody reads.

    Raises Forbidden, Invalid, Conflict: the organisation can be paid, or still has time to name its account.
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say why; everybody who gave to this bounty reads it."))
    with transaction.atomic():
        current = _locked(actor, payout)
        if not _is_unpayable(current, at):
            raise Conflict(_("The organisation delivered, and can be paid: the bounty is owed to it."))
        transition(current, "drop", actor=actor, at=at, reason=reason)
        settle_gifts(current.need, at)
    payout.refresh_from_db()


def settle_transfer(purpose: str, verb: str, at: datetime, failure: str = "") -> None:
    """What became of a payout by its transfer: `settle`, `fail`, `reverse`. Idempotent; older tries are ignored."""
    _word, key, attempt = purpose.split(":")
    with transaction.atomic():
        found = BountyPayout.objects.select_related("need").filter(pk=UUID(key), attempt=attempt).first()
        if found is None:
            return
        current = locking.lock_payout(found)
        if not current.can(verb) or str(current.attempt) != attempt:
            return
        BountyPayout.objects.filter(pk=current.pk).update(failure=failure[:200])
        transition(current, verb, actor=None, at=at)
        if verb == "settle":
            transition(current.need, "pay", actor=None, at=at)
        elif verb == "reverse":
            transition(current.need, "reverse", actor=None, at=at, reason=failure)
        if verb != "settle":
            bear_losses(current, at)
        settle_gifts(current.need, at)


def bear_losses(payout: BountyPayout, at: datetime) -> None:
    """What is in the bounty again bears first what its givers' disputes have cost the city while it was away.

    Else it would lie there for ever: nobody is paid with a gift that was lost. Once a payment and attempt. Need and
    payout are locked by the caller.
    """
    held, public = accounts.of_need(payout.need), {"need": str(payout.need_id)}
    lost = conditions.charges_of(payout.need).filter(disputes__lost_minor__gt=0)
    for charge in lost.distinct().order_by("pk"):
        key = f"dispute:{charge.pk}:borne:{payout.purpose}"
        losses.bear_from(held, charge, charge.amount_minor, key=key, at=at, public=public)


def _locked(actor: Person, payout: BountyPayout) -> BountyPayout:
    """Need, then payout, as they are now. Raises Forbidden."""
    current = locking.lock_payout(payout)
    current.offer.need = current.need
    require(actor, "decide", current)
    return current


def _check_may_leave(payout: BountyPayout) -> None:
    need = payout.need
    if need.state != NeedState.ACCEPTED:
        raise Conflict(_("Its need is not accepted."))
    # Asked of an approval too: whoever was suspended since the request gets nothing.
    why = why_not_paid(payout.offer.organisation, payout.currency) or conditions.why_not_deliverable(
        payout.offer
    )
    if why:
        raise Conflict(why)
    if not conditions.is_there(payout.offer.dataset):
        raise Conflict(_("The dataset that was delivered is withdrawn: it has to come back first."))
    if conditions.is_disputed(need):
        raise Conflict(_("A payment to this bounty is disputed. Its bank decides first."))
    if conditions.is_under_way(need):
        raise Conflict(_("A payment to this bounty is still under way. Ask again in a while."))


def _is_unpayable(payout: BountyPayout, at: datetime) -> bool:
    organisation = payout.offer.organisation
    if organisation.state in INACTIVE or not conditions.is_there(payout.offer.dataset):
        return True
    since = payout.need.state_since
    waited = since is not None and at >= since + conditions.WITHOUT_ACCOUNT
    return waited and payout.state in AT_REST and usable_details_of(organisation.pk, at) is None


def _take_back(payout: BountyPayout, actor: Person | None, reason: str, at: datetime) -> None:
    transition(payout, "send_back", actor=actor, at=at, reason=reason)
    # Approvals of what was sent back count no more.
    BountyPayout.objects.filter(pk=payout.pk).update(
        attempt=payout.attempt + 1, approved_by=None, also_approved_by=None
    )


def _send(payout: BountyPayout, actor: Person, at: datetime) -> None:
    details = payout.details
    assert details is not None  # a requested payout has them, says the database
    transition(payout, "send", actor=actor, at=at)
    try:
        payments.request_transfer(
            actor=actor,
            provider=details.provider,
            amount=payout.amount,
            purpose=payout.purpose,
            account=payout.need.account,
            destination=details.destination,
            holder=details.holder,
            at=at,
        )
    except Unavailable as why:
        raise Conflict(str(why)) from why
