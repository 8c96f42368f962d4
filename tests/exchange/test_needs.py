"""Needs, gifts, offers and deliveries: who may do what, what is refused, and which checks run."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from civic.accounts.models import Membership
from civic.core.errors import Conflict, Forbidden, Invalid
from civic.core.money import Money
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed
from marketplace.exchange.operations import deliveries, gifts, needs, offers, payouts
from marketplace.exchange.queries import needs as queries
from marketplace.exchange.tasks import end_needs
from marketplace.payments.models import DemoPayment, Refund
from tests.factories import accounts, campaigns, matching, payments, proposals
from tests.factories import exchange as made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def test_a_pooled_bounty_is_paid_once_to_who_delivered(at: datetime) -> None:
    here = made.scene(at)
    for cents in (20_00, 30_00, 50_00):
        made.gift(here, cents)
    assert queries.bounty_of(here.now()).counts == Money(100_00, "EUR")
    payout = made.paid(here)
    assert (payout.state, payout.amount_minor, here.now().state) == ("settled", 100_00, "paid")
    assert made.in_bounty(here) == 0
    for act in (payouts.request_payout, payouts.approve_payout):
        with pytest.raises(Conflict):
            act(actor=matching.finance_officer(), payout=payout, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        BountyPayout.objects.create(need=here.need, offer=payout.offer, currency="EUR")
    payments.assert_whole()


@pytest.mark.parametrize("kind", ["free", "service", "kind"])
def test_what_comes_free_gives_the_whole_bounty_back(kind: str, at: datetime) -> None:
    here = made.scene(at)
    gift = made.gift(here)
    assert made.accepted(here, kind) is None
    gift.refresh_from_db()
    assert (here.now().state, gift.state, made.in_bounty(here)) == ("refunded", "returned", 0)
    assert Refund.objects.get(charge=made.charge_of(gift)).amount_minor == 20_00


def test_above_the_limit_two_others_approve_a_bounty(at: datetime) -> None:
    here = made.scene(at)
    for _n in range(2):
        made.gift(here, 6_000_00)
    payout, requester = made.accepted(here), matching.finance_officer()
    assert payout
    payouts.request_payout(actor=requester, payout=payout, at=at)
    with pytest.raises(Forbidden):
        payouts.approve_payout(actor=requester, payout=payout, at=at)
    first = matching.finance_officer()
    payouts.approve_payout(actor=first, payout=payout, at=at)
    assert payout.state == "requested"
    with pytest.raises(Conflict):
        payouts.approve_payout(actor=first, payout=payout, at=at)
    payouts.approve_payout(actor=matching.finance_officer(), payout=payout, at=at)
    assert payout.state == "sent"


def test_who_has_a_part_in_it_decides_nothing(at: datetime) -> None:
    here = made.scene(at)
    made.gift(here)
    both = accounts.person()
    proposals.member(here.need.project, both)
    offer = made.offered(here)
    accounts.membership(here.organisation, both, Membership.Role.MEMBER)
    with pytest.raises(Forbidden):
        offers.award_offer(actor=both, offer=offer, at=at)
    # Nor does anybody else of the team give the bounty to an organisation of its own people.
    with pytest.raises(Conflict, match="belongs to this organisation"):
        offers.award_offer(actor=here.team, offer=offer, at=at)
    for stranger in (accounts.person(), here.owner):
        with pytest.raises(Forbidden):
            needs.withdraw_need(actor=stranger, need=here.need, reason="No.", at=at)


def test_officers_of_either_side_do_not_pay_it(at: datetime) -> None:
    here = made.scene(at)
    made.gift(here)
    payout, officer = made.accepted(here), matching.finance_officer()
    assert payout
    accounts.membership(here.organisation, officer, Membership.Role.MEMBER)
    of_project = matching.finance_officer()
    proposals.member(here.need.project, of_project)
    for person in (officer, of_project, accounts.staff("auditors"), here.owner):
        with pytest.raises(Forbidden):
            payouts.request_payout(actor=person, payout=payout, at=at)


def test_the_projects_own_organisation_earns_no_bounty(at: datetime) -> None:
    here = made.scene(at)
    here.need.project.organisation = here.organisation
    here.need.project.save()
    with pytest.raises(Conflict, match="own organisation"):
        made.offered(here)
    assert made.offered(here, "free").state == "made"


TOO_FEW = {"fields": made.SCHEMA["fields"][:2]}
OTHER_TYPE = {"fields": [*TOO_FEW["fields"], {"name": "height", "type": "string"}]}
WHOLE = {"fields": [*TOO_FEW["fields"], {"name": "height", "type": "integer"}]}


@pytest.mark.parametrize(
    ("schema", "asked", "why"),
    [
        (TOO_FEW, {}, "no column of this name"),
        (OTHER_TYPE, {}, "of the type string, and number was asked for"),
        (WHOLE, {"first_day": date(2020, 1, 1)}, "does not say which days"),
        (WHOLE, {"area": True}, "does not say which area"),
        (WHOLE, {"fresh_days": 3}, "4 days old when it was delivered; at most 3"),
        (WHOLE, {"fresh_days": 4}, ""),
    ],
)
def test_acceptance_runs_the_checks_of_the_need(schema: dict, asked: dict, why: str, at: datetime) -> None:
    if asked.get("area"):
        asked = {"area": accounts.area()}
    here = made.scene(at, **asked)
    made.gift(here)
    made.revision(here.dataset, at - timedelta(days=4), schema)
    delivery = made.delivered(here)
    if why:
        with pytest.raises(Conflict, match=why):
            deliveries.accept_delivery(actor=here.team, delivery=delivery, at=at)
        assert here.now().state == "delivered"
        made_back = deliveries.return_delivery(
            actor=here.team, delivery=delivery, reason="Please mend it.", at=at
        )
        assert not all(one["passed"] for one in made_back.checks)
        assert here.now().state == "awarded"
    else:
        deliveries.accept_delivery(actor=here.team, delivery=delivery, at=at)
        assert here.now().state == "accepted"


def test_what_is_returned_on_the_last_day_has_two_weeks_more(at: datetime) -> None:
    here = made.scene(at)
    made.gift(here)
    delivery = made.delivered(here)
    last = at + timedelta(days=20)
    deliveries.return_delivery(actor=here.team, delivery=delivery, reason="A street is missing.", at=last)
    assert here.now().deadline == (last + timedelta(days=14)).date()
    with pytest.raises(Conflict):
        needs.lapse_need(need=here.need, at=last + timedelta(days=14))
    again = deliveries.deliver(
        actor=here.owner, offer=delivery.offer, revision=delivery.revision, at=last + timedelta(days=1)
    )
    assert again.number == 2


def test_a_delivery_nobody_answers_is_told_and_not_decided(at: datetime) -> None:
    here = made.scene(at)
    made.gift(here)
    delivery, steward = made.delivered(here), accounts.staff("data-stewards")
    with pytest.raises(Forbidden, match="within 30 days"):
        deliveries.accept_delivery(actor=steward, delivery=delivery, at=at)
    later = at + timedelta(days=31)
    for _twice in range(2):
        with time_machine.travel(later):
            end_needs()
    campaigns.work(later)
    told = steward.notifications.filter(kind="data_need.reminded")
    assert (here.now().state, told.count()) == ("delivered", 1)
    deliveries.accept_delivery(actor=steward, delivery=delivery, at=later)
    assert here.now().state == "accepted"


def test_a_form_gives_once_and_the_wish_about_the_name_stays(at: datetime) -> None:
    here, person, token = made.scene(at), accounts.person(), uuid4()
    first = made.started(here, 20_00, person, token=token, anonymous=True)
    assert made.started(here, 20_00, person, token=token, anonymous=True).pk == first.pk
    with pytest.raises(Conflict):
        made.started(here, 25_00, person, token=token, anonymous=True)
    made.pay(first, at)
    with pytest.raises(Invalid, match="shown or hidden"):
        made.started(here, 20_00, person)
    made.gift(here, 30_00, accounts.person(name="Ada"))
    assert queries.givers(here.now()) == (["Ada"], 1)


@pytest.mark.parametrize("cents", [99, 10_000_01])
def test_a_gift_has_bounds(cents: int, at: datetime) -> None:
    with pytest.raises(Invalid):
        made.started(made.scene(at), cents)


def test_a_payment_that_arrives_too_late_goes_back(at: datetime) -> None:
    here = made.scene(at)
    gift = made.started(here)
    campaigns.work(at)
    payment = DemoPayment.objects.get(target=made.charge_of(gift).pk)
    made.demo.decide(payment, DemoPayment.Status.PAID, at=at)
    # It has arrived, and nobody has heard of it.
    needs.withdraw_need(actor=here.team, need=here.need, reason="We have it.", at=at)
    campaigns.work(at)
    gift.refresh_from_db()
    assert (gift.state, made.in_bounty(here), here.now().state) == ("returned", 0, "refunded")


def test_a_gift_that_is_not_paid_fails_and_asks_for_nothing_more(at: datetime) -> None:
    here = made.scene(at)
    gift = made.pay(made.started(here), at, DemoPayment.Status.DECLINED)
    unfinished = made.started(here)
    campaigns.work(at)
    with time_machine.travel(at + timedelta(days=15)):
        end_needs()
    campaigns.work(at + timedelta(days=15))
    for one in (gift, unfinished):
        one.refresh_from_db()
    assert (gift.state, unfinished.state) == ("failed", "failed")


def test_the_terms_of_an_open_need_stay(at: datetime) -> None:
    here = made.scene(at)
    with pytest.raises(Conflict):
        needs.edit_need(actor=here.team, need=here.need, terms=made.terms(at), at=at)
    for change in (
        {"title": "Something else"},
        {"deadline": here.need.deadline - timedelta(days=1)},
        {"columns": []},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            DataNeed.objects.filter(pk=here.need.pk).update(**change)


def test_the_database_takes_no_gift_for_a_need_that_is_over(at: datetime) -> None:
    here = made.scene(at)
    needs.withdraw_need(actor=here.team, need=here.need, reason="We have it.", at=at)
    with pytest.raises(Conflict):
        gifts.give(
            actor=here.team,
            need=here.need,
            amount=Money(5_00, "EUR"),
            provider="demo",
            token=uuid4(),
            at=at,
        )
    with pytest.raises(IntegrityError, match="bounty_takes_it"), transaction.atomic():
        BountyGift.objects.create(
            need=here.need,
            person=here.owner,
            amount_minor=5_00,
            currency="EUR",
            provider="demo",
            token=uuid4(),
        )


def test_a_bounty_nobody_can_be_paid_goes_back_by_an_officers_word(at: datetime) -> None:
    here = made.scene(at)
    made.gift(here)
    payout, officer = made.accepted(here), matching.finance_officer()
    assert payout
    with pytest.raises(Conflict, match="owed to it"):
        payouts.return_bounty(actor=officer, payout=payout, reason="Why not.", at=at)
    type(here.organisation).objects.filter(pk=here.organisation.pk).update(state="suspended")
    payouts.return_bounty(actor=officer, payout=payout, reason="It is suspended.", at=at)
    campaigns.work(at)
    assert (here.now().state, made.in_bounty(here)) == ("refunded", 0)


def test_an_offer_that_is_taken_back_opens_the_need_again(at: datetime) -> None:
    here = made.scene(at)
    offer = made.awarded(here)
    offers.withdraw_offer(actor=here.owner, offer=offer, reason="We can't.", at=at)
    assert here.now().state == "open"
    offer = made.awarded(here)
    offers.release_award(actor=here.team, offer=offer, reason="Too slow.", at=at)
    assert here.now().state == "open"
    delivery = made.delivered(here)
    with pytest.raises(Conflict):
        offers.withdraw_offer(actor=here.owner, offer=delivery.offer, reason="No.", at=at)
