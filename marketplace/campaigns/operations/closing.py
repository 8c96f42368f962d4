"""The ends of a campaign: closed and settled by the clock, or cancelled. Decided under its lock, from its rows."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core.errors import Conflict, required
from civic.core.policies import require
from civic.core.states import transition
from marketplace.campaigns import goal, locking
from marketplace.campaigns.conditions import UNFINISHED
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import instalments, pledge_payments, postings, totals
from marketplace.campaigns.states import PROMISED, CampaignState, PledgeState
from marketplace.payments import providers
from projects.proposals.models import Project
from projects.proposals.operations import funding as projects

GRACE = timedelta(days=7)


def close(*, campaign: Campaign, at: datetime) -> Campaign:
    """Ends the taking of pledges: enough is promised and the money is collected, or the goal is missed.

    Closed before, it changes nothing. Raises Conflict before the end. Pledges and this wait for each other: each
    pledge is counted, or refused.
    """
    with transaction.atomic():
        current = locking.lock_exclusive(campaign)
        if current.state != CampaignState.OPEN:
            return current
        if at < current.ends_at:
            raise Conflict(_("This campaign is still running."))
        _finish_pledges(current, at, final=False)
        goal.refresh(current, at)
        figure = totals.counted(current)
        enough = totals.reaches(current, totals.towards(figure))
        if enough:
            current.grace_ends_at = at + GRACE
            Campaign.objects.filter(pk=current.pk).update(grace_ends_at=current.grace_ends_at)
        _move(current, "collect" if enough else "miss", figure, at)
    return current


def settle(*, campaign: Campaign, at: datetime) -> Campaign:
    """Decides once everything is settled, or the grace is over, whether the campaign succeeded.

    Before that, and decided before, it changes nothing. For money in dispute without which the goal is missed it waits
    as long as the grace lasts.
    """
    with transaction.atomic():
        current = locking.lock_exclusive(campaign)
        if current.state != CampaignState.COLLECTING:
            return current
        left = Pledge.objects.filter(campaign=current, state__in=[*PROMISED, *UNFINISHED])
        in_grace = bool(current.grace_ends_at and at < current.grace_ends_at)
        if left.exists() and in_grace:
            return current
        _finish_pledges(current, at, final=True)
        # As at the close: what a pledge brought that was not paid is not there any more.
        goal.refresh(current, at)
        figure = totals.counted(current)
        enough = totals.reaches(current, totals.secured(current))
        if not enough and in_grace and totals.in_dispute(current):
            return current
        _move(current, "succeed" if enough else "miss", figure, at)
    return current


def cancel_campaign(*, actor: Person, campaign: Campaign, reason: str, at: datetime) -> Campaign:
    """Ends a campaign without an outcome: everybody gets back what they paid, one by one, starting at once.

    Raises Forbidden (its team may cancel a draft only), Invalid (no reason), IllegalTransition.
    """
    reason = required(reason, _("Give your reason; everybody who pledged reads it."))
    with transaction.atomic():
        current = locking.lock_exclusive(campaign)
        require(actor, "cancel", current)
        _move(current, "cancel", totals.counted(current), at, actor=actor, reason=reason)
    return current


def end_with_project(project: Project, actor: Person | None, reason: str, at: datetime) -> None:
    """The project is cancelled or has failed: campaigns that run are cancelled, and for those that succeeded nobody is
    charged any more, nor owes what is not paid yet. What they have stays where it is.

    Runs in the caller's transaction. Doing it again changes nothing.
    """
    for campaign in locking.lock_campaigns(Campaign.objects.filter(project=project)).values():
        if campaign.can("cancel"):
            _move(campaign, "cancel", totals.counted(campaign), at, actor=actor, reason=reason)
        elif campaign.state == CampaignState.SUCCEEDED:
            for pledge in locking.lock_pledges(campaign, [PledgeState.ACTIVE, PledgeState.PAST_DUE]):
                instalments.stop(pledge, at)
            for source in goal.sources:
                if source.abandoned:
                    source.abandoned(campaign, at)
            totals.recount(campaign, at)


def _finish_pledges(campaign: Campaign, at: datetime, *, final: bool) -> None:
    """Syncs pledges whose payment is further than the news of it, and ends those that nobody finished.

    `final` ends everything that is not paid. Before it the promised ones stay, and so do transfers: one may have been
    sent before the close and arrives after it.
    """
    # What nobody has charged yet, the active ones, can't be further than its news: it is locked at the end alone.
    promised = PROMISED if final else [PledgeState.COLLECTING, PledgeState.NEEDS_PAYER]
    for pledge in locking.lock_pledges(campaign, [*UNFINISHED, *promised]):
        pledge_payments.sync(pledge, at)
        if pledge.state in UNFINISHED:
            verb = "cancel"
            over = final or not providers.abilities_of(pledge.provider).by_transfer
        else:
            verb = "drop"
            over = final and pledge.state in PROMISED
        if over and pledge.state == PledgeState.ACTIVE:
            transition(pledge, "collect", actor=None, at=at)
        if over:
            transition(pledge, verb, actor=None, at=at, reason="not paid in time")
            pledge_payments.release(pledge, reason="its campaign is over", at=at)


def _move(
    campaign: Campaign,
    verb: str,
    figure: dict[str, Any],
    at: datetime,
    *,
    actor: Person | None = None,
    reason: str = "",
) -> None:
    """Moves the campaign, and with it its money, funds, sponsors and project; the event says what it was decided on.

    Where no money comes together its pledges follow one by one (`collection.fail_due`).
    """
    decided_on = {name: value for name, value in figure.items() if name not in totals.PUBLISHED}
    transition(campaign, verb, actor=actor, at=at, reason=reason, payload=decided_on)
    if verb == "succeed":
        postings.balance_held(campaign, at)
    for source in goal.sources:
        follow = {"succeed": source.succeeded, "miss": source.failed, "cancel": source.failed}.get(verb)
        if follow:
            follow(campaign, at)
    totals.recount(campaign, at)
    if verb == "succeed":
        projects.fund(project=campaign.project, at=at)
    elif verb == "miss":
        projects.miss_goal(project=campaign.project, at=at)
