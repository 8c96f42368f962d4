"""Campaigns and pledges in any state, as the tests need them. Rows are made as they stand; no money moves.

`pledge_by` and `work` go through the verbs: a pledge as its person makes it, and what workers do until nothing is due.
"""

import itertools
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from civic.accounts.models import Person
from civic.core import clock, events
from civic.core.money import Money
from marketplace.campaigns.models import Campaign, CampaignTotal, Pledge
from marketplace.campaigns.operations import closing, collection, pledges
from marketplace.campaigns.operations.pledges import Started
from marketplace.campaigns.states import PAID_ONCE, PROMISED, CampaignState, PledgeState
from marketplace.payments.models import DemoPayment
from marketplace.payments.providers import demo
from projects.calls.states import PhaseKind
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, calls, payments, proposals

DAYS = 20
_numbers = itertools.count(1)


def funding_project(*, at: datetime | None = None, **fields: Any) -> Project:
    """A project that is raising money, in a call whose funding phase began ten days before `at` (now)."""
    call = fields.pop("call", None) or calls.call(PhaseKind.FUNDING, at=at or clock.now())
    return proposals.project(call, state=ProjectState.FUNDING, **fields)


def draft_campaign(project: Project | None = None, *, at: datetime | None = None, **fields: Any) -> Campaign:
    """A campaign for 100 euros that is being written; ends in nine days."""
    moment = at or clock.now()
    project = project or funding_project(at=moment)
    defaults: dict[str, Any] = {
        "book": "demo",
        "currency": project.currency,
        "goal_minor": 100_00,
        "pledge_min_minor": 1_00,
        "use": "Wood, screws and a bench to sit on.",
        "ends_at": moment + timedelta(days=9),
        "state": CampaignState.DRAFT,
        "state_since": moment,
    }
    return Campaign.objects.create(project=project, **(defaults | fields))


def open_campaign(project: Project | None = None, *, at: datetime | None = None, **fields: Any) -> Campaign:
    """A campaign that takes pledges since a day."""
    moment = at or clock.now()
    opened = {"state": CampaignState.OPEN, "opened_at": moment - timedelta(days=1)}
    made = draft_campaign(project, at=moment, **(opened | fields))
    CampaignTotal.objects.create(campaign_id=made.pk, counted_at=moment)
    return made


def pledge(
    campaign: Campaign, person: Person | None = None, cents: int = 25_00, *, state: str, **fields: Any
) -> Pledge:
    """A pledge in this state, with what the state implies: a saved demo card, a moment of collection."""
    person = person or accounts.person()
    moment = fields.pop("at", None) or clock.now()
    defaults: dict[str, Any] = {"currency": campaign.currency, "provider": "demo", "state_since": moment}
    if state in (*PROMISED, PledgeState.PAST_DUE) and "method" not in fields:
        defaults["method"] = payments.method(fields.pop("behaviour", "works"), person=person)
    if state in PAID_ONCE:
        defaults["collected_at"] = moment
    return Pledge.objects.create(
        campaign=campaign,
        person=person,
        amount_minor=cents,
        token=uuid4(),
        state=state,
        **(defaults | fields),
    )


def active_pledge(
    campaign: Campaign, person: Person | None = None, cents: int = 25_00, **fields: Any
) -> Pledge:
    """A pledge that will be charged when the campaign closes; `behaviour` says how its card behaves then."""
    return pledge(campaign, person, cents, state=PledgeState.ACTIVE, **fields)


def pledge_by(
    person: Person, campaign: Campaign, cents: int = 25_00, *, at: datetime, **wishes: Any
) -> Started:
    """A pledge as its person makes it on the page, by a demo card unless told otherwise."""
    wishes.setdefault("token", uuid4())
    wishes.setdefault("provider", "demo")
    amount = Money(cents, campaign.currency)
    return pledges.pledge(actor=person, campaign=campaign, amount=amount, at=at, **wishes)


def work(at: datetime) -> None:
    """What the workers do in the next minute until nothing is due: ask providers, hear them, deliver events."""
    soon = at + timedelta(minutes=1)
    payments.work(soon)
    while events.deliver_pending(at=soon):
        payments.work(soon)


def save_card(started: Started, behaviour: str = "works") -> None:
    """The person saves a demo card that will behave so when it is charged; nobody has heard of it yet."""
    assert started.payment is not None
    saving = DemoPayment.objects.get(target=started.payment.pk)
    demo.decide(saving, DemoPayment.Status.PAID, behaviour=behaviour)


def promise(
    campaign: Campaign, cents: int = 25_00, *, at: datetime, behaviour: str = "works", **wishes: Any
) -> Pledge:
    """An active pledge, made through every verb, whose card will behave so when it is charged."""
    started = pledge_by(wishes.pop("person", None) or accounts.person(), campaign, cents, at=at, **wishes)
    work(at)
    save_card(started, behaviour)
    work(at)
    started.pledge.refresh_from_db()
    return started.pledge


def end(campaign: Campaign, *, at: datetime | None = None) -> datetime:
    """Closes the campaign at its end (or `at`), collects and settles; returns the moment."""
    moment = at or campaign.ends_at
    closing.close(campaign=campaign, at=moment)
    keep_going(moment)
    campaign.refresh_from_db()
    return moment


def keep_going(at: datetime) -> None:
    """What the clock's tasks do at this moment, and the workers after them."""
    work(at)
    for campaign in Campaign.objects.filter(state=CampaignState.COLLECTING):
        while collection.collect_due(at=at):
            work(at)
        closing.settle(campaign=campaign, at=at)
    while collection.fail_due(at=at):
        work(at)
    work(at)
