"""Pledging, changing one's mind, and what is refused."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from civic.core import events
from civic.core.errors import Conflict, Forbidden, Invalid
from civic.core.money import Money
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import collection, pledges
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.payments.models import Charge, DemoPayment, MethodSetup, Refund
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, payments
from tests.factories.campaigns import (
    active_pledge,
    draft_campaign,
    open_campaign,
    pledge_by,
    save_card,
    work,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def euro(cents: int) -> Money:
    return Money(cents, "EUR")


def test_a_pledge_saves_a_way_to_pay_and_charges_nothing(at: datetime) -> None:
    campaign = open_campaign(at=at)
    started = pledge_by(accounts.person(), campaign, 25_00, at=at)
    assert started.pledge.state == PledgeState.STARTED
    assert isinstance(started.payment, MethodSetup)
    work(at)
    made = Pledge.objects.get()
    assert made.state == PledgeState.AWAITING_METHOD
    save_card(started)
    work(at)
    made.refresh_from_db()
    assert (made.state, made.method.label) == (PledgeState.ACTIVE, "Demo card ending 4242")  # type: ignore[union-attr]
    assert not Charge.objects.exists()
    assert campaign.total.pledged_minor == 25_00
    assert campaign.total.collected_minor == 0
    assert campaign.total.backers == 1


def test_a_form_sent_twice_pledges_once_and_something_else_under_its_token_is_refused(at: datetime) -> None:
    campaign, person, token = open_campaign(at=at), accounts.person(), uuid4()
    first = pledge_by(person, campaign, 25_00, at=at, token=token)
    second = pledge_by(person, campaign, 25_00, at=at, token=token)
    assert first.pledge.pk == second.pledge.pk
    assert first.payment == second.payment
    with pytest.raises(Conflict) as refused:
        pledge_by(person, campaign, 26_00, at=at, token=token)
    assert refused.value.code == "key-reused"
    assert Pledge.objects.count() == MethodSetup.objects.count() == 1


def test_it_can_be_sent_again_after_the_end(at: datetime) -> None:
    campaign, person, token = open_campaign(at=at), accounts.person(), uuid4()
    first = pledge_by(person, campaign, 25_00, at=at, token=token)
    assert pledge_by(person, campaign, 25_00, at=at + timedelta(days=30), token=token).pledge == first.pledge


@pytest.mark.parametrize(
    ("minor", "field"), [(99, "smallest"), (60_01, "at most"), (0, "smallest"), (-5_00, "smallest")]
)
def test_amounts_outside_of_the_limits_are_refused(at: datetime, minor: int, field: str) -> None:
    campaign = open_campaign(at=at, pledge_max_minor=60_00)
    with pytest.raises(Invalid, match=field):
        pledge_by(accounts.person(), campaign, minor, at=at)


def test_what_one_person_gives_is_counted_together(at: datetime) -> None:
    campaign, person = open_campaign(at=at, pledge_max_minor=60_00), accounts.person()
    pledge_by(person, campaign, 40_00, at=at)
    with pytest.raises(Invalid, match="€20"):
        pledge_by(person, campaign, 20_01, at=at)
    pledge_by(accounts.person(), campaign, 60_00, at=at)
    pledge_by(person, campaign, 20_00, at=at)


def test_a_cap_is_kept_and_a_cancelled_pledge_makes_room(at: datetime) -> None:
    campaign, person = open_campaign(at=at, cap_minor=100_00), accounts.person()
    first = pledge_by(person, campaign, 90_00, at=at).pledge
    with pytest.raises(Conflict, match="€10"):
        pledge_by(accounts.person(), campaign, 10_01, at=at)
    pledges.cancel_pledge(actor=person, pledge=first, at=at)
    pledge_by(accounts.person(), campaign, 100_00, at=at)


def test_only_its_own_currency_and_book(at: datetime) -> None:
    with pytest.raises(Invalid, match="EUR"):
        pledges.pledge(
            actor=accounts.person(),
            campaign=open_campaign(at=at),
            amount=Money(100, "JPY"),
            provider="demo",
            token=uuid4(),
            at=at,
        )
    with pytest.raises(Invalid, match="ways to pay"):
        pledge_by(accounts.person(), open_campaign(at=at, book="live"), 5_00, at=at)
    with pytest.raises(Invalid, match="ways to pay"):
        pledge_by(accounts.person(), open_campaign(at=at), 5_00, at=at, provider="gold")


def refused_before(at: datetime) -> tuple[Campaign, datetime]:
    return draft_campaign(at=at), at


def refused_after(at: datetime) -> tuple[Campaign, datetime]:
    campaign = open_campaign(at=at)
    return campaign, campaign.ends_at


def refused_early(at: datetime) -> tuple[Campaign, datetime]:
    return open_campaign(at=at), at - timedelta(days=2)


def refused_closed(at: datetime) -> tuple[Campaign, datetime]:
    campaign = open_campaign(at=at)
    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.COLLECTING)
    return campaign, at


def refused_project(at: datetime) -> tuple[Campaign, datetime]:
    campaign = open_campaign(at=at)
    Project.objects.filter(pk=campaign.project_id).update(state=ProjectState.CANCELLED)
    return campaign, at


def refused_phase(at: datetime) -> tuple[Campaign, datetime]:
    campaign = open_campaign(at=at)
    campaign.project.call.phases.filter(kind="funding").delete()
    return campaign, at


@pytest.mark.parametrize(
    "prepare",
    [refused_before, refused_after, refused_early, refused_closed, refused_project, refused_phase],
)
def test_no_pledge_outside_of_the_campaign_or_its_phase(at: datetime, prepare: object) -> None:
    campaign, moment = prepare(at)  # type: ignore[operator]
    with pytest.raises(Conflict):
        pledge_by(accounts.person(), campaign, 5_00, at=moment)
    assert not Pledge.objects.exists()
    assert not MethodSetup.objects.exists()


def test_a_pledge_can_be_changed_and_cancelled_until_the_close_by_its_person_alone(at: datetime) -> None:
    campaign, person = open_campaign(at=at), accounts.person()
    made = active_pledge(campaign, person, 25_00, at=at)
    with pytest.raises(Forbidden):
        pledges.change_pledge(actor=accounts.person(), pledge=made, amount=euro(5_00), at=at)
    with pytest.raises(Forbidden):
        pledges.cancel_pledge(actor=accounts.superuser(), pledge=made, at=at)
    pledges.change_pledge(actor=person, pledge=made, amount=euro(30_00), at=at)
    work(at)
    assert campaign.total.pledged_minor == 30_00
    with pytest.raises(Conflict):
        pledges.change_pledge(actor=person, pledge=made, amount=euro(5_00), at=campaign.ends_at)
    with pytest.raises(Conflict):
        pledges.cancel_pledge(actor=person, pledge=made, at=campaign.ends_at)
    pledges.cancel_pledge(actor=person, pledge=made, at=at)
    work(at)
    campaign.total.refresh_from_db()
    assert (campaign.total.pledged_minor, campaign.total.backers) == (0, 0)


def test_a_changed_amount_keeps_the_limits(at: datetime) -> None:
    campaign = open_campaign(at=at, pledge_max_minor=60_00, cap_minor=100_00)
    person = accounts.person()
    made = active_pledge(campaign, person, 25_00, at=at)
    active_pledge(campaign, None, 50_00, at=at)
    for cents, error in ((50, Invalid), (60_01, Invalid), (50_01, Conflict)):
        with pytest.raises(error):
            pledges.change_pledge(actor=person, pledge=made, amount=euro(cents), at=at)
    pledges.change_pledge(actor=person, pledge=made, amount=euro(50_00), at=at)


def test_a_bank_transfer_is_asked_for_at_once_and_given_back_when_cancelled(at: datetime) -> None:
    campaign, person = open_campaign(at=at), accounts.person()
    started = pledge_by(person, campaign, 25_00, at=at, provider="bank")
    assert isinstance(started.payment, Charge)
    assert started.payment.account == campaign.account("held")


def test_monthly_needs_a_way_to_pay_that_can_be_charged_again(at: datetime) -> None:
    campaign = open_campaign(at=at)
    with pytest.raises(Invalid, match="bank transfer"):
        pledge_by(accounts.person(), campaign, 5_00, at=at, provider="bank", months=12)
    for months in (0, -1, 37):
        with pytest.raises(Invalid, match="between 1 and 36"):
            pledge_by(accounts.person(), campaign, 5_00, at=at, months=months)
    made = pledge_by(accounts.person(), campaign, 5_00, at=at, months=36).pledge
    assert (made.frequency, made.months) == (Pledge.Frequency.MONTHLY, 36)


def test_a_gift_to_a_campaign_that_keeps_is_paid_at_once(at: datetime) -> None:
    campaign, person = open_campaign(at=at, rule=Campaign.Rule.KEEP), accounts.person()
    started = pledge_by(person, campaign, 25_00, at=at)
    assert isinstance(started.payment, Charge)
    work(at)
    payments.decide(started.payment, DemoPayment.Status.PAID)
    work(at)
    made = Pledge.objects.get()
    assert made.state == PledgeState.COLLECTED
    assert made.collected_at is not None
    assert payments.balances()[campaign.account("held")] == 25_00
    pledges.cancel_pledge(actor=person, pledge=made, at=at)
    work(at)
    assert Refund.objects.get().state == "done"
    assert payments.balances() == {}


def test_what_nobody_finishes_is_given_up(at: datetime) -> None:
    campaign = open_campaign(at=at, ends_at=at + timedelta(days=15))
    pledge_by(accounts.person(), campaign, 5_00, at=at)
    pledge_by(accounts.person(), campaign, 6_00, at=at, provider="bank")
    finished = pledge_by(accounts.person(), campaign, 7_00, at=at)
    work(at)
    save_card(finished)
    payments.work(at + timedelta(minutes=1))

    def give_up(moment: datetime) -> list[int]:
        for one in collection.expire_due(at=moment):
            pledges.expire(pledge=one, at=moment)
        gone = Pledge.objects.filter(state=PledgeState.CANCELLED)
        return sorted(gone.values_list("amount_minor", flat=True))

    assert give_up(at + timedelta(days=2, hours=23)) == []
    # The third one's card is saved; the news of it has not been heard yet.
    assert give_up(at + timedelta(days=3)) == [5_00]
    assert Pledge.objects.get(amount_minor=7_00).state == PledgeState.ACTIVE
    assert give_up(at + timedelta(days=14)) == [5_00, 6_00]
    assert Charge.objects.get().state == "prepared"
    work(at + timedelta(days=14))
    assert Charge.objects.get().state == "failed"


def test_every_step_is_in_the_log_without_a_name(at: datetime) -> None:
    campaign, person = open_campaign(at=at), accounts.person(name="Ada Example")
    made = pledge_by(person, campaign, 25_00, at=at).pledge
    started = events.about(made).get()
    assert (started.kind, started.actor) == ("pledge.started", person.pk)
    assert started.payload == {
        "campaign": str(campaign.pk),
        "minor": 25_00,
        "currency": "EUR",
        "frequency": "once",
    }
