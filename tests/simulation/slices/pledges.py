"""Pledges and their months: nobody is charged for what is over, and a name is one wish."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import Count, Q

from civic.accounts.models import Person
from civic.core.models import Event
from civic.core.money import Money
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.operations import collection, instalments, pledges
from marketplace.campaigns.states import CampaignState, InstalmentState, PledgeState
from marketplace.payments.models import Charge, DemoPayment
from marketplace.payments.providers import demo
from tests.simulation.clock import due
from tests.simulation.draws import a, minor, one_of
from tests.simulation.engine import City, holds, verb
from tests.simulation.slices.payments import BEHAVIOURS, OPEN, key_of, still_there

RESIDENT = a(Person, only=Q(is_staff=False, is_active=True))


@due
def months() -> Iterator[datetime]:
    for day in (
        Instalment.objects.filter(state=InstalmentState.DUE).values_list("due_on", flat=True).distinct()
    ):
        yield datetime.fromisoformat(f"{day}T00:00:00+00:00")


@verb(
    6,
    backer=RESIDENT,
    campaign=a(Campaign, likely=Q(state=CampaignState.OPEN)),
    amount=minor(1_00, 90_00),
    months=one_of(1, 1, 1, 2, 3),
    anonymous=one_of(False, False, True),
)
def pledge(
    city: City,
    backer: Person,
    campaign: Campaign,
    amount: int,
    months: int,
    anonymous: bool,
    provider: str = "demo",
) -> None:
    """Somebody promises money."""
    pledges.pledge(
        actor=backer,
        campaign=campaign,
        amount=Money(amount, campaign.currency),
        provider=provider,
        token=uuid4(),
        at=city.at,
        months=months,
        anonymous=anonymous,
    )


@verb(
    22,
    backer=RESIDENT,
    campaign=a(Campaign, likely=Q(state=CampaignState.OPEN)),
    amount=minor(1_00, 60_00),
    months=one_of(1, 1, 1, 2, 3),
    anonymous=one_of(False, False, True),
    behaviour=BEHAVIOURS,
)
def back(
    city: City, backer: Person, campaign: Campaign, amount: int, months: int, anonymous: bool, behaviour: str
) -> None:
    """Somebody promises money and goes on to the provider's page at once, as nearly everybody does.

    A card that declines later has to be saved first: without that no promise would ever fail at the close.
    """
    pledge(city, backer, campaign, amount, months, anonymous)
    city.clock.start("run commands")
    payment = DemoPayment.objects.filter(OPEN).order_by("-pk").first()
    if payment:
        demo.decide(payment, DemoPayment.Status.PAID, behaviour=behaviour, at=city.at)


@verb(4, backer=RESIDENT, campaign=a(Campaign, likely=Q(state=CampaignState.OPEN)), amount=minor(1_00, 60_00))
def back_by_transfer(city: City, backer: Person, campaign: Campaign, amount: int) -> None:
    """Somebody is told where to transfer the money to, and with which reference."""
    pledge(city, backer, campaign, amount, 1, False, "bank")
    city.clock.start("run commands")


PLEDGE = a(
    Pledge, likely=Q(state__in=[PledgeState.ACTIVE, PledgeState.COLLECTED]), only=Q(person__isnull=False)
)


@verb(2, of=PLEDGE, amount=minor(1_00, 90_00))
def change_pledge(city: City, of: Pledge, amount: int) -> None:
    assert of.person
    pledges.change_pledge(actor=of.person, pledge=of, amount=Money(amount, of.currency), at=city.at)


@verb(2, of=PLEDGE)
def cancel_pledge(city: City, of: Pledge) -> None:
    assert of.person
    pledges.cancel_pledge(actor=of.person, pledge=of, at=city.at)


@verb(1, of=PLEDGE, shown=one_of(True, False))
def show_name(city: City, of: Pledge, shown: bool) -> None:
    """For all gifts of this person to the campaign."""
    assert of.person
    pledges.show_name(actor=of.person, pledge=of, shown=shown, at=city.at)


@verb(1, of=a(Pledge, likely=Q(frequency="monthly"), only=Q(person__isnull=False)))
def stop_monthly(city: City, of: Pledge) -> None:
    assert of.person
    pledges.stop_monthly(actor=of.person, pledge=of, at=city.at)


@verb(2, of=a(Pledge, likely=Q(state=PledgeState.NEEDS_PAYER), only=Q(person__isnull=False)))
def pay_now(city: City, of: Pledge) -> None:
    """Who was asked to pay in person goes on."""
    assert of.person
    collection.pay_now(actor=of.person, pledge=of, at=city.at)


@verb(1, of=a(Pledge, likely=Q(state=PledgeState.PAST_DUE), only=Q(person__isnull=False)))
def pay_month_now(city: City, of: Pledge) -> None:
    assert of.person
    instalments.pay_now(actor=of.person, pledge=of, at=city.at)


@holds()
def nobody_is_charged_for_what_is_over(city: City) -> Iterator[str]:
    """No charge is begun after its campaign or project came to nothing; in the order of events, not of states."""
    last = city.memory.get("charges_seen", 0)
    ends: dict[str, int] = city.memory.setdefault("ended", {})
    over = (
        "campaign.cancelled",
        "campaign.missed",
        "project.cancelled",
        "project.failed",
        "project.unfunded",
    )
    for event in Event.objects.filter(seq__gt=last).order_by("seq"):
        city.memory["charges_seen"] = event.seq
        if event.kind in over:
            ends[event.subject_id] = event.seq
        if event.kind != "charge.started":
            continue
        purpose = str(event.payload.get("purpose"))
        found = pledge_of(purpose)
        if found is None:
            continue
        for key in (str(found.campaign_id), str(found.campaign.project_id)):
            if key in ends:
                yield f"{purpose.partition(':')[0]} charged after the end of {key}"


def pledge_of(purpose: str) -> Pledge | None:
    """The pledge that a charge is for."""
    rows = Pledge.objects.select_related("campaign")
    if purpose.startswith("pledge:"):
        return rows.filter(pk=key_of(purpose)).first()
    if purpose.startswith("instalment:"):
        return rows.filter(instalments=key_of(purpose)).first()
    return None


@holds("quiet")
def promises_of_ended_campaigns_are_over(city: City) -> Iterator[str]:
    """Nothing stays promised to a campaign that came to nothing for longer than its workers need."""
    late = Pledge.objects.filter(
        campaign__state__in=[CampaignState.MISSED, CampaignState.CANCELLED],
        campaign__state_since__lt=city.at - timedelta(days=2),
    ).exclude(
        state__in=[PledgeState.CANCELLED, PledgeState.DROPPED, PledgeState.CAMPAIGN_FAILED, PledgeState.ENDED]
    )
    yield from (
        f"{one.state} in a campaign that is {one.campaign.state}" for one in late.select_related("campaign")
    )


NOTHING_GIVEN = [PledgeState.STARTED, PledgeState.CANCELLED, PledgeState.CAMPAIGN_FAILED]


@holds()
def a_name_is_one_wish_a_campaign(city: City) -> Iterator[str]:
    """No person is shown with one gift to a campaign and hidden with another: the one would name the other."""
    given = Pledge.objects.filter(person__isnull=False).exclude(state__in=NOTHING_GIVEN)
    wishes = given.values("campaign", "person")
    both = wishes.annotate(n=Count("anonymous", distinct=True)).filter(n__gt=1)
    yield from (f"{one['person']} in {one['campaign']}" for one in both)


@holds()
def months_end_with_the_first_payment(city: City) -> Iterator[str]:
    """No month is charged once nothing is left of what the pledge brought; an hour is given for the news of it."""
    last, gone = city.memory.get("months_seen", 0), city.memory.setdefault("gone", {})
    for event in Event.objects.filter(seq__gt=last).order_by("seq"):
        city.memory["months_seen"] = event.seq
        if event.kind in ("charge.lost", "refund.requested"):
            purpose = str(event.payload.get("purpose"))
            charges = list(Charge.objects.filter(purpose=purpose))
            # What a bank holds until it decides is not gone yet: the next lost dispute tells.
            if purpose.startswith("pledge:") and not still_there(charges, in_dispute=True):
                gone.setdefault(key_of(purpose), event.at)
        if event.kind == "charge.started" and str(event.payload.get("purpose")).startswith("instalment:"):
            found = pledge_of(str(event.payload["purpose"]))
            if found and found.pk in gone and event.at > gone[found.pk] + timedelta(hours=1):
                yield f"{found.state}: a month is charged, nothing is left of the first"
