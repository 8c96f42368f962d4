"""After the close: charging what was promised, reminding who has to do something, giving back what came to nothing.

Everything here works through rows one transaction each, so that a worker that dies leaves the rest to the next one.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events, row_steps
from civic.core.errors import Conflict
from civic.core.models import Event
from civic.core.policies import require
from civic.core.states import transition
from marketplace.campaigns import conditions, locking
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import pledge_payments
from marketplace.campaigns.operations.closing import GRACE
from marketplace.campaigns.states import NOT_ENDED, CampaignState, PledgeState
from marketplace.payments import providers
from marketplace.payments.models import Charge
from marketplace.payments.queries import charges

# Days after the close on which somebody whose payment did not go through is reminded.
REMINDERS = (1, 4, 6)
TAKES_MONEY = [CampaignState.OPEN, CampaignState.COLLECTING]
FAILED_CAMPAIGNS = [CampaignState.MISSED, CampaignState.CANCELLED]


def collect_due(*, at: datetime, limit: int = 200) -> int:
    """Starts the charges of promises to campaigns that collect; returns how many. The rest waits for the next call."""
    due = Pledge.objects.filter(state=PledgeState.ACTIVE)
    states = [CampaignState.COLLECTING]
    return _each("pledges to be charged", due, states, lambda pledge: _collect(pledge, at), at, limit)


def fail_due(*, at: datetime, limit: int = 200) -> int:
    """Ends the pledges of campaigns that came to nothing and gives back what was paid; returns how many."""
    due = Pledge.objects.filter(state__in=NOT_ENDED)
    return _each("pledges to be ended", due, FAILED_CAMPAIGNS, lambda pledge: _fail(pledge, at), at, limit)


def _each(
    task: str,
    due: QuerySet[Pledge],
    states: list[CampaignState],
    step: Callable[[Pledge], bool],
    at: datetime,
    limit: int,
) -> int:
    """Campaign by campaign, by the index of pledges that have not ended: with the first ids of all, or by a state,
    PostgreSQL read every pledge of the city to find that none is due.
    """
    done, waits = 0, Exists(due.filter(campaign=OuterRef("pk")))
    for campaign in Campaign.objects.filter(waits, state__in=states).order_by("pk"):
        found = due.filter(campaign=campaign).select_related("campaign", "method")
        done += row_steps.each(task, found, step, at=at, limit=limit - done)
    return done


def _collect(pledge: Pledge, at: datetime) -> bool:
    with transaction.atomic():
        current = locking.lock_with_campaign(pledge, shared=True)
        if current.state != PledgeState.ACTIVE or current.campaign.state != CampaignState.COLLECTING:
            return False
        pledge_payments.charge(current, at)
    return True


def _fail(pledge: Pledge, at: datetime) -> bool:
    with transaction.atomic():
        current = locking.lock_with_campaign(pledge, shared=True)
        if current.state not in NOT_ENDED:
            return False
        transition(current, "campaign_fail", actor=None, at=at)
        pledge_payments.release(current, reason="its campaign came to nothing", at=at)
    return True


def pay_now(*, actor: Person, pledge: Pledge, at: datetime) -> Charge:
    """The payment that a pledge which needs its person goes on with: the one under way, or a new one.

    Raises Forbidden, Conflict where nothing is to be paid.
    """
    require(actor, "pay", pledge)
    with transaction.atomic():
        current = locking.lock_with_campaign(pledge, shared=True)
        if not conditions.can_pay(current) or current.campaign.state not in TAKES_MONEY:
            raise Conflict(_("Nothing is to be paid for this pledge."))
        existing = charges.charge_for(current.purpose)
        return existing or pledge_payments.start_charge(current, at, payer=actor)


def remind_due(*, at: datetime) -> int:
    """Reminds, once each on days 1, 4 and 6 after the close, whose payment did not go through; returns how many."""
    done = 0
    for campaign in Campaign.objects.filter(state=CampaignState.COLLECTING, grace_ends_at__gt=at):
        passed = (at - _closed_at(campaign)).days
        for day in [day for day in REMINDERS if day <= passed][-1:]:
            done += _remind(campaign, day, at)
    return done


def _closed_at(campaign: Campaign) -> datetime:
    assert campaign.grace_ends_at is not None
    return campaign.grace_ends_at - GRACE


def _remind(campaign: Campaign, day: int, at: datetime) -> int:
    reminded = Event.objects.filter(
        kind="pledge.reminded",
        subject_type=Pledge._meta.label,
        subject_id=Cast(OuterRef("pk"), CharField()),
        payload__day=day,
    )
    waiting = Pledge.objects.filter(campaign=campaign, state=PledgeState.NEEDS_PAYER)
    found = waiting.exclude(Exists(reminded)).order_by("pk")
    return row_steps.each("pledges to be reminded", found, lambda one: _remind_one(one, day, at), at=at)


def _remind_one(pledge: Pledge, day: int, at: datetime) -> bool:
    with transaction.atomic():
        current = locking.lock_pledge(pledge)
        if current.state != PledgeState.NEEDS_PAYER or events.about(current).filter(
            kind="pledge.reminded", payload__day=day
        ):
            return False
        events.record("pledge.reminded", actor=None, subject=current, at=at, payload={"day": day})
    return True


def expire_due(*, at: datetime) -> QuerySet[Pledge]:
    """Pledges that nobody finished within the patience of their provider."""
    unfinished = Pledge.objects.filter(state__in=conditions.UNFINISHED, campaign__state=CampaignState.OPEN)
    over = Q(pk=None)
    for name in providers.names():
        over |= Q(provider=name, state_since__lte=at - providers.abilities_of(name).patience)
    return unfinished.filter(over).select_related("campaign").order_by("pk")
