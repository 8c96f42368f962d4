"""Projects need data, people pool a bounty, organisations offer and deliver, officers pay, banks take money back."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from datetime import time as time_of_day
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localdate

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core.money import Money
from datasets.catalogue.models import Dataset
from datasets.catalogue.states import DatasetState
from marketplace.exchange.conditions import PROJECT_STATES
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed, Delivery, Offer
from marketplace.exchange.operations import deliveries, gifts, needs, offers, payouts
from marketplace.exchange.operations.needs import Terms
from marketplace.exchange.states import (
    AT_REST,
    RUNNING,
    TAKES_GIFTS,
    BountyPayoutState,
    GiftState,
    NeedState,
    OfferState,
)  # fmt: skip
from marketplace.ledger.models import Posting
from marketplace.payments.models import Charge, DemoPayment, Transfer
from marketplace.payments.states import ChargeState, TransferState
from projects.proposals.models import Project
from tests.simulation.clock import due
from tests.simulation.draws import Void, a, minor, one_of, some_of
from tests.simulation.engine import City, holds, verb
from tests.simulation.slices import clock as time
from tests.simulation.slices.delivery import enter_bank_details
from tests.simulation.slices.payments import decide, decide_dispute, dispute, refund, still_there
from tests.simulation.slices.sponsorship import acting_for
from tests.simulation.world import finance

GIVER = a(Person, only=Q(is_active=True, is_staff=False))
WITH_OWNER = Q(organisation__memberships__role="owner")


def team(project: Project) -> Person:
    """Who acts for a project; an erased author leaves nobody."""
    if project.author is None:
        raise Void("author")
    return project.author


@due
def last_days_of_needs() -> Iterator[datetime]:
    """The first moment at which a need is over."""
    zone = ZoneInfo(settings.TIME_ZONE)
    for day in DataNeed.objects.filter(state__in=RUNNING).values_list("deadline", flat=True):
        yield datetime.combine(day + timedelta(days=1), time_of_day(0, 1), zone)


@verb(3, project=a(Project, likely=Q(state__in=PROJECT_STATES)), days=one_of(3, 20, 40))
def state_need(city: City, project: Project, days: int) -> None:
    last = localdate(city.at) + timedelta(days=days)
    terms = Terms(title=f"Data {city.number}", description="What we lack.", deadline=last)
    made = needs.state_need(actor=team(project), project=project, terms=terms, at=city.at)
    needs.open_need(actor=team(project), need=made, at=city.at)


@verb(6, person=GIVER, need=a(DataNeed, likely=Q(state__in=TAKES_GIFTS)), cents=minor(1_00, 60_00))
def give_to_bounty(city: City, person: Person, need: DataNeed, cents: int) -> None:
    amount = Money(cents, need.currency)
    gifts.give(actor=person, need=need, amount=amount, provider="demo", token=uuid4(), at=city.at)


@verb(
    4,
    need=a(DataNeed, likely=Q(state__in=TAKES_GIFTS)),
    dataset=a(
        Dataset,
        likely=Q(state=DatasetState.PUBLISHED, source=""),
        only=Q(publisher__memberships__role="owner"),
    ),
    kind=one_of("bounty", "bounty", "bounty", "free"),
)
def offer_data(city: City, need: DataNeed, dataset: Dataset, kind: str) -> None:
    offers.make_offer(
        actor=acting_for(dataset.publisher),
        need=need,
        organisation=dataset.publisher,
        dataset=dataset,
        kind=kind,
        at=city.at,
    )


@verb(
    5,
    offer=a(Offer, likely=Q(state__in=[OfferState.MADE, OfferState.AWARDED]), only=WITH_OWNER),
    how=one_of("go on", "go on", "go on", "go on", "withdraw", "release"),
)
def go_on_with_offer(city: City, offer: Offer, how: str) -> None:
    """Chosen and delivered, or taken back by one side."""
    owner = acting_for(offer.organisation)
    if how == "withdraw":
        offers.withdraw_offer(actor=owner, offer=offer, reason="We can't.", at=city.at)
    elif how == "release":
        offers.release_award(actor=team(offer.need.project), offer=offer, reason="Too slow.", at=city.at)
    elif offer.state == OfferState.MADE:
        offers.award_offer(actor=team(offer.need.project), offer=offer, at=city.at)
    else:
        newest = offer.dataset.revisions.order_by("-number").first()
        if newest is None:
            raise Void("revision")
        deliveries.deliver(actor=owner, offer=offer, revision=newest, at=city.at)


@verb(5, delivery=a(Delivery, likely=Q(answer="")), accepts=one_of(True, True, True, False))
def answer_delivery(city: City, delivery: Delivery, accepts: bool) -> None:
    actor = team(delivery.offer.need.project)
    if accepts:
        deliveries.accept_delivery(actor=actor, delivery=delivery, at=city.at)
    else:
        deliveries.return_delivery(actor=actor, delivery=delivery, reason="Something lacks.", at=city.at)


@verb(0.7, need=a(DataNeed, likely=Q(state__in=RUNNING)))
def withdraw_need(city: City, need: DataNeed) -> None:
    needs.withdraw_need(actor=team(need.project), need=need, reason="We have it.", at=city.at)


@verb(
    5,
    officer=finance(),
    payout=a(BountyPayout, likely=Q(state__in=[*AT_REST, BountyPayoutState.REQUESTED])),
    how=one_of("go on", "go on", "go on", "go on", "send back", "give back"),
)
def handle_bounty(city: City, officer: Person, payout: BountyPayout, how: str) -> None:
    if how == "send back":
        payouts.send_back(actor=officer, payout=payout, reason="Not yet.", at=city.at)
    elif how == "give back":
        payouts.return_bounty(actor=officer, payout=payout, reason="Nobody to pay.", at=city.at)
    elif payout.state == BountyPayoutState.REQUESTED:
        payouts.approve_payout(actor=officer, payout=payout, at=city.at)
    else:
        payouts.request_payout(actor=officer, payout=payout, at=city.at)


@verb(
    3,
    project=a(Project, only=Q(state__in=PROJECT_STATES, author__isnull=False)),
    dataset=a(
        Dataset,
        only=Q(state=DatasetState.PUBLISHED, source="", publisher__memberships__role="owner", latest__gt=0),
    ),
    person=GIVER,
    cents=minor(5_00, 50_00),
    officers=some_of(("pay",), ("pay", "lose"), ("lose", "pay"), ("ask", "lose", "pay"), ("return", "pay")),
)
def need_to_payment(
    city: City, project: Project, dataset: Dataset, person: Person, cents: int, officers: list[str]
) -> None:
    """The whole way from a need to a bounty that is owed, and what banks and officers do then."""
    publisher = dataset.publisher
    enter_bank_details(city, publisher)
    state_need(city, project, 40)
    need = DataNeed.objects.order_by("-pk")[0]
    for share in (cents, cents // 2 + 1_00):
        give_to_bounty(city, person, need, share)
    time.work(city, 0, city.number)
    # None where no worker has asked for them: Valkey is gone.
    for payment in DemoPayment.objects.filter(target__in=[charge.pk for charge in charges_of(need)]):
        decide(city, payment, DemoPayment.Status.PAID, "works")
    time.work(city, 0, city.number)
    offer_data(city, need, dataset, "bounty")
    offer = Offer.objects.filter(need=need).order_by("-pk")[0]
    for _step in ("award", "deliver"):
        offer.refresh_from_db()
        go_on_with_offer(city, offer, "go on")
    answer_delivery(city, Delivery.objects.filter(offer=offer).order_by("-pk")[0], True)
    # The account may be used after a week.
    city.clock.hop(timedelta(days=8), random.Random(city.number))
    one, other = Person.objects.filter(groups__name=groups.FINANCE_OFFICERS).order_by("pk")[:2]
    for step in officers:
        _go_on(city, need, step, one, other)
        time.work(city, 0, city.number)


def _go_on(city: City, need: DataNeed, step: str, one: Person, other: Person) -> None:
    payout = BountyPayout.objects.filter(need=need).first()
    if payout is None:
        raise Void("payout")
    if step == "lose":
        dispute(city, charges_of(need)[0], 1)
        decide_dispute(city, charges_of(need)[0], DemoPayment.Status.LOST, 1)
    elif step == "return":
        refund(city, one, charges_of(need)[0])
    else:
        if payout.state != BountyPayoutState.REQUESTED:
            handle_bounty(city, one, payout, "go on")
            payout.refresh_from_db()
        if step == "pay":
            handle_bounty(city, other, payout, "go on")


def charges_of(need: DataNeed) -> list[Charge]:
    """The payments of its gifts."""
    names = [f"bounty-gift:{key}" for key in need.gifts.values_list("pk", flat=True)]
    return list(Charge.objects.filter(purpose__in=names))


def paid_out(need: DataNeed) -> list[Transfer]:
    """What has left for whoever delivered, and has not come back."""
    gone = [TransferState.FAILED, TransferState.REVERSED]
    found = Transfer.objects.filter(account=need.account)
    return list(found.exclude(state__in=gone))


def unheard(need: DataNeed) -> int:
    """What came back of it and bears nothing yet of what was lost, in minor units: nobody has heard of it."""
    away = [BountyPayoutState.SENT, BountyPayoutState.SETTLED]
    steps = [
        f"bounty-payout:{one.pk}:{one.attempt}"
        for one in BountyPayout.objects.filter(need=need, state__in=away)
    ]
    back = Transfer.objects.filter(
        purpose__in=steps, state__in=[TransferState.FAILED, TransferState.REVERSED]
    )
    return sum(one.amount_minor for one in back)


@holds()
def bounties_hold_what_was_given(city: City) -> Iterator[str]:
    """What lies in a bounty is what its givers paid, less what went back, was lost or was paid out."""
    for need in DataNeed.objects.exclude(gifts=None).distinct():
        postings = Posting.objects.filter(account__code=need.account, account__book=need.book)
        held = -sum(postings.values_list("amount", flat=True))
        given = still_there(charges_of(need), in_dispute=True)
        out = sum(one.amount_minor for one in paid_out(need))
        # What a bank takes back of what was paid out before is the city's loss.
        there = max(0, given - out)
        if not there <= held <= there + unheard(need):
            yield f"{need.state}: {held} in the bounty, {given} given, {out} paid out"


@holds()
def a_bounty_is_paid_once(city: City) -> Iterator[str]:
    """To one organisation, for one accepted delivery."""
    for need in DataNeed.objects.all():
        out = paid_out(need)
        accepted = Delivery.objects.filter(offer__need=need, answer="accepted", offer__kind="bounty").count()
        if len(out) > 1 or (out and accepted != 1):
            yield f"{need.state}: {len(out)} transfers, {accepted} accepted"


@holds("quiet")
def what_ended_has_given_back(city: City) -> Iterator[str]:
    """All of payments that no bank looks into: of one that is disputed in part nothing goes back meanwhile."""
    ended = [NeedState.LAPSED, NeedState.WITHDRAWN, NeedState.REFUNDED]
    for need in DataNeed.objects.filter(state__in=ended):
        if left := still_there(one for one in charges_of(need) if one.state != ChargeState.DISPUTED):
            yield f"{need.state}: {left} left"


@holds("end")
def no_need_runs_for_ever(city: City) -> Iterator[str]:
    """Its last day is over, unless it is delivered, and no gift hangs."""
    runs = [NeedState.OPEN, NeedState.OFFERED, NeedState.AWARDED]
    yield from (f"need {one.state}" for one in DataNeed.objects.filter(state__in=runs))
    yield from (f"gift {one.state}" for one in BountyGift.objects.filter(state=GiftState.STARTED))
