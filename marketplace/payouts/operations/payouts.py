"""Money for accepted milestones: planned, requested, approved by others, sent; a failed one is requested again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.locking import lock_first, lock_row, lock_rows
from civic.core.money import Money
from civic.core.policies import may, require, require_still
from civic.core.states import transition
from marketplace.campaigns import accounts
from marketplace.campaigns.conditions import why_unpayable
from marketplace.campaigns.locking import lock_campaigns, lock_exclusive
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.ledger import operations as ledger
from marketplace.matching.operations import postings
from marketplace.matching.operations.matching import locked_allocations, owed_back, pay_match
from marketplace.matching.states import AllocationState
from marketplace.payments import operations as payments
from marketplace.payments.providers import Unavailable
from marketplace.payouts.models import Approval, BankDetails, Payout
from marketplace.payouts.operations import holds, losses
from marketplace.payouts.queries import due, usable_details, why_held
from marketplace.payouts.states import PayoutState
from projects.delivery.models import Milestone
from projects.delivery.states import MilestoneState


def plan_payouts(milestone: Milestone, at: datetime) -> list[Payout]:
    """Plans what an accepted milestone brings, from each campaign of its project that succeeded. Idempotent.

    The match that funds owe the campaign becomes its money now. It may leave once the risk window is over.
    """
    succeeded = Campaign.objects.filter(project=milestone.project_id, state=CampaignState.SUCCEEDED)
    with transaction.atomic():
        campaigns = lock_campaigns(succeeded)
        return [payout for campaign in campaigns.values() if (payout := _plan(campaign, milestone, at))]


def plan_rest(campaign: Campaign, at: datetime) -> Payout | None:
    """Plans one more part of the last milestone for money that came after it was paid; nothing while one waits."""
    last = Milestone.objects.filter(project=campaign.project_id).order_by("number").last()
    with transaction.atomic():
        lock_exclusive(campaign)
        planned = Payout.objects.filter(campaign=campaign)
        waits = planned.filter(released_at=None).exists()
        if last is None or waits or not planned.filter(milestone=last).exists():
            return None
        _gather(campaign, at)
        return _planned(campaign, last, planned.filter(milestone=last).count() + 1, at)


def _plan(campaign: Campaign, milestone: Milestone, at: datetime) -> Payout | None:
    _gather(campaign, at)
    if Payout.objects.filter(campaign=campaign, milestone=milestone).exists():
        return None
    return _planned(campaign, milestone, 1, at)


def _gather(campaign: Campaign, at: datetime) -> None:
    """What funds owe a locked campaign is its money now, and makes good what was lost, as all that came since."""
    # All its funds first, by id: what is paid and what is taken back are not the same ones.
    locked_allocations(campaign, [AllocationState.COMMITTED, AllocationState.PAID])
    pay_match(campaign, at)
    losses.money_came(campaign, at)


def _planned(campaign: Campaign, milestone: Milestone, part: int, at: datetime) -> Payout | None:
    amount = due(milestone, campaign)
    if not amount:
        return None
    payout = Payout.objects.create(
        campaign=campaign,
        milestone=milestone,
        part=part,
        amount_minor=amount.minor,
        currency=amount.currency,
        not_before=at + timedelta(days=settings.PAYOUT_WINDOW_DAYS),
        state_since=at,
    )
    events.record("payout.planned", actor=None, subject=payout, at=at)
    return payout


def request_payout(*, actor: Person, payout: Payout, at: datetime) -> None:
    """A finance officer asks for a payout to be sent; others approve it. Its money is set apart from now on.

    Raises Forbidden (no finance officer, or part of the project), Conflict (too early, held back, nobody to pay to,
    nothing left).
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        # What a fund that was shared out since the acceptance owes counts in what is due, and lies on the fund's
        # account until it is paid over. Before the payout is locked: funds come first (`campaigns.locking`).
        _gather(lock_exclusive(payout.campaign), at)
        _locked(actor, payout)
        if not payout.can("request"):
            transition(payout, "request", actor=actor, at=at)
        _check_may_leave(payout, at)
        _prepare(payout, actor, _details(payout, at), at)
        transition(payout, "request", actor=actor, at=at)


def approve_payout(*, actor: Person, payout: Payout, at: datetime) -> None:
    """One more yes; with enough of them the payout is sent at once.

    Raises Forbidden (no finance officer, the one who requested it, part of the project), Conflict (held back, nobody to
    pay to, less is due by now, approved by the same person already, not requested, provider switched off).
    """
    with transaction.atomic():
        _locked(actor, payout)
        if payout.state != PayoutState.REQUESTED:
            raise Conflict(_("This payout does not wait for approval."))
        require(actor, "approve", payout)
        require_still(payout.requested_by, "keep", "books")
        _check_may_leave(payout, at)
        if payout.details and payout.details.organisation_id != payout.campaign.project.organisation_id:
            raise Conflict(_("Another organisation is paid now. Send it back, to be requested anew."))
        if due(payout.milestone, payout.campaign, payout) < payout.amount or owed_back(payout.campaign):
            # Something went back to a payer or a fund since, or should have and is set apart for this: approved as it
            # was requested, others would bear it.
            raise Conflict(_("The campaign has less by now. Send it back, to be requested anew."))
        given = payout.approvals.filter(attempt=payout.attempt)
        if given.filter(person=actor).exists():
            raise Conflict(_("You approved this payout already; somebody else has to, too."))
        Approval.objects.create(payout=payout, attempt=payout.attempt, person=actor, approved_at=at)
        # Whoever was dismissed since has approved nothing.
        counted = [one for one in given.select_related("person") if may(one.person, "keep", "books")]
        if len(counted) >= payout.approvals_needed:
            _send(payout, actor, at)
        else:
            events.record("payout.consented", actor=actor, subject=payout, at=at)


def send_back(*, actor: Person, payout: Payout, reason: str, at: datetime) -> None:
    """Does not approve, with a reason; what was set apart for it is the campaign's until it is requested again.

    Raises Forbidden, Invalid, IllegalTransition.
    """
    reason = required(reason, holds.NO_REASON)
    with transaction.atomic():
        _locked(actor, payout)
        _take_back(payout, actor, reason, at)


def recall(campaign: Campaign, *, reason: str, at: datetime) -> None:
    """Takes back what waits for approval: its amount follows what the campaign has again. Campaign locked by caller."""
    for payout in lock_rows(Payout.objects.filter(campaign=campaign, state=PayoutState.REQUESTED)):
        _take_back(payout, None, reason, at)


def _take_back(payout: Payout, actor: Person | None, reason: str, at: datetime) -> None:
    transition(payout, "send_back", actor=actor, at=at, reason=reason)
    _give_up(payout, at)
    # Approvals of what was sent back count no more.
    Payout.objects.filter(pk=payout.pk).update(attempt=payout.attempt + 1)
    payout.attempt += 1


def settle_transfer(purpose: str, verb: str, at: datetime, failure: str = "") -> None:
    """What became of a payout by its transfer: `settle`, `fail`, `reverse`. Idempotent; older tries are ignored."""
    _word, key, attempt = purpose.split(":")
    wanted = Payout.objects.filter(pk=key, attempt=attempt).select_related("campaign")
    with transaction.atomic():
        # What comes back may bear what was lost: nobody else has the campaign's money meanwhile.
        campaign = lock_exclusive(found.campaign) if (found := wanted.first()) else None
        payout = lock_first(wanted)
        if campaign and payout and payout.can(verb):
            payout.campaign = campaign
            Payout.objects.filter(pk=key).update(failure=failure[:200])
            transition(payout, verb, actor=None, at=at)
            if verb != "settle":
                _give_up(payout, at)


def _locked(actor: Person, payout: Payout) -> None:
    """Locks the campaign, then the payout as it is now. Raises Forbidden."""
    require(actor, "keep", "books")
    # Anew with its project: whoever was suspended since this row was read is paid nothing.
    payout.campaign = lock_exclusive(payout.campaign)
    current = lock_row(Payout.objects, pk=payout.pk)
    for field in Payout._meta.concrete_fields:
        setattr(payout, field.attname, getattr(current, field.attname))
    payout.stored_state = current.state
    require(actor, "decide", payout)


def _check_may_leave(payout: Payout, at: datetime) -> None:
    if at < payout.not_before:
        day = date_format(localtime(payout.not_before), "DATE_FORMAT")
        raise Conflict(_("The risk window is open until %(day)s.") % {"day": day})
    if payout.milestone.state != MilestoneState.ACCEPTED:
        raise Conflict(_("Its milestone is not accepted."))
    # Asked of an approval too: an organisation that was suspended since the request gets nothing.
    if why := why_unpayable(payout.campaign.project):
        raise Conflict(why)
    if why := why_held(payout.campaign):
        raise Conflict(why)


def _details(payout: Payout, at: datetime) -> BankDetails:
    details = usable_details(payout, at)
    if details is None:
        raise Conflict(_("Its organisation has named no account, or one that is too new to be used."))
    return details


def _prepare(payout: Payout, actor: Person, details: BankDetails, at: datetime) -> None:
    if payout.state != PayoutState.PLANNED:
        payout.attempt += 1
    _release(payout, at)
    payout.details, payout.requested_by, payout.failure = details, actor, ""
    payout.approvals_needed = approvals_for(payout.amount)
    payout.save(
        update_fields=[
            "amount_minor",
            "released_at",
            "details",
            "requested_by",
            "failure",
            "approvals_needed",
            "attempt",
        ]
    )


def approvals_for(amount: Money) -> int:
    """How many people approve a payout of this size: two from the limit on.

    The limit is in euros; nobody here knows what it is in another currency, so that those always need two.
    """
    below = amount.currency == "EUR" and amount.major < settings.PAYOUT_TWO_APPROVALS_FROM
    return 1 if below else 2


def _release(payout: Payout, at: datetime) -> None:
    """Sets the milestone's money apart; the amount stays as long as it is.

    Raises Conflict where the campaign has none: no more is set apart than lies on its account at this moment.
    """
    campaign = payout.campaign
    there = ledger.available(accounts.of_campaign(campaign, "committed")).minor
    amount = min(due(payout.milestone, campaign, payout).minor, there)
    if amount <= 0:
        raise Conflict(_("Nothing is left of this campaign's money."))
    payout.amount_minor, payout.released_at = amount, at
    _shift(payout, ("committed", "released"), "milestone", at)


def _give_up(payout: Payout, at: datetime) -> None:
    """What was set apart is the campaign's again, until it is requested anew: a dispute may take some of it.

    A payout is locked by nobody who has not the campaign, so that its funds may be locked after it.
    """
    Payout.objects.filter(pk=payout.pk).update(released_at=None)
    payout.released_at = None
    _shift(payout, ("released", "committed"), "milestone.undone", at)
    losses.money_came(payout.campaign, at)


def _shift(payout: Payout, way: tuple[str, str], kind: str, at: datetime) -> None:
    campaign = payout.campaign
    source, target = (accounts.of_campaign(campaign, part) for part in way)
    public = {"campaign": str(campaign.pk), "milestone": str(payout.milestone_id)}
    key = f"{kind}:{payout.pk}:{payout.attempt}"
    postings.shift(
        payout.amount_minor, source=source, target=target, kind=kind, key=key, at=at, public=public
    )


def _send(payout: Payout, actor: Person, at: datetime) -> None:
    details = payout.details
    assert details is not None  # a requested payout has them, says the database
    transition(payout, "approve", actor=actor, at=at)
    transition(payout, "send", actor=None, at=at)
    try:
        payments.request_transfer(
            actor=actor,
            provider=details.provider,
            amount=payout.amount,
            purpose=payout.purpose,
            account=payout.campaign.account("released"),
            destination=details.destination,
            holder=details.holder,
            at=at,
        )
    except Unavailable as why:
        raise Conflict(str(why)) from why
