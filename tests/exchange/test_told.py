"""Who is told what, and what waits for whom."""

from datetime import datetime

import pytest
from django.test import Client

from civic.accounts.models import Membership, Person
from civic.accounts.operations import suspend_organisation
from civic.core.errors import Conflict, Forbidden
from marketplace.exchange.models import DataNeed
from marketplace.exchange.operations import deliveries, needs, offers, words
from marketplace.payments.models import DemoPayment
from marketplace.payouts.models import BankDetails
from projects.calls.operations import call_off
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, campaigns, proposals
from tests.factories import exchange as made
from tests.role import role
from tests.visiting import text_of, visitor, with_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def kinds(person: Person) -> set[str]:
    return set(person.notifications.values_list("kind", flat=True))


@pytest.mark.parametrize("end", ["withdraw", "accept", "free"])
def test_only_who_gave_is_told_of_what_was_given_1128_rx5(end: str, at: datetime) -> None:
    here = made.scene(at)
    paid, declined, unsent = accounts.person(), accounts.person(), accounts.person()
    made.gift(here, 20_00, paid)
    made.pay(made.started(here, 20_00, declined), at, DemoPayment.Status.DECLINED)
    made.started(here, 20_00, unsent)
    campaigns.work(at)
    if end == "withdraw":
        needs.withdraw_need(actor=here.team, need=here.need, reason="We have it.", at=at)
        campaigns.work(at)
    else:
        made.accepted(here, "bounty" if end == "accept" else "free")
    told = "data_need.withdrawn" if end == "withdraw" else "data_need.accepted"
    assert told in kinds(paid)
    for person in (declined, unsent):
        assert kinds(person) == {"bounty_gift.failed"}


def test_other_offers_are_declined_and_told_at_the_acceptance_1128_rx18(at: datetime) -> None:
    here, other = made.scene(at), made.scene(at)
    made.gift(here)
    other.need = here.need
    lost = made.offered(other)
    made.accepted(here)
    lost.refresh_from_db()
    assert lost.state == "declined"
    assert "data_offer.declined" in kinds(other.owner)


def test_what_waits_for_team_and_organisation_1128_rx14(at: datetime) -> None:
    here = made.scene(at)
    manager = accounts.person()
    accounts.membership(here.organisation, manager, Membership.Role.MANAGER)
    draft = needs.state_need(
        actor=here.team, project=here.need.project, terms=made.terms(at, title="Draft"), at=at
    )

    def seen(person: Person, words: str) -> bool:
        return words in visitor(person).get("/me/").content.decode()

    assert seen(here.team, "“Draft” is a draft")
    assert str(draft.pk) in visitor(here.team).get("/me/").content.decode()
    offer = made.offered(here)
    assert seen(here.team, "choose an offer")
    offers.award_offer(actor=here.team, offer=offer, at=at)
    for person in (here.owner, manager):
        assert seen(person, "was chosen: deliver")
    made.gift(here)
    newest = here.dataset.revisions.get()
    delivery = deliveries.deliver(actor=here.owner, offer=offer, revision=newest, at=at)
    assert seen(here.team, "check it and answer")
    assert not seen(here.owner, "was chosen: deliver")
    deliveries.accept_delivery(actor=here.team, delivery=delivery, at=at)
    assert not seen(here.owner, "name its bank account")
    BankDetails.objects.filter(organisation=here.organisation).delete()
    assert seen(here.owner, "name its bank account")
    assert not seen(manager, "name its bank account")


def test_a_draft_is_found_by_its_team_alone_1128_rx6(at: datetime) -> None:
    here = made.scene(at)
    project = here.need.project
    member = accounts.person()
    proposals.member(project, member)
    needs.state_need(actor=here.team, project=project, terms=made.terms(at, title="Our draft"), at=at)
    for person, sees in ((here.team, True), (member, True), (here.owner, False), (None, False)):
        page = visitor(person).get(project.get_absolute_url()).content.decode()
        assert ("Our draft" in page) == sees


def test_a_paid_need_says_how_much_was_paid_1128_rx13(at: datetime) -> None:
    here = made.scene(at)
    made.gift(here, 12_50)
    made.paid(here)
    for address in (f"/needs/{here.need.pk}/", "/needs/?state=paid", here.need.project.get_absolute_url()):
        page = visitor(None).get(address).content.decode()
        assert "€12.50" in page
        assert "€0" not in page.partition("<main")[2].partition("Data it needs")[0] or "needs/" not in address


def test_who_has_not_paid_finds_the_way_back_to_the_payment_1128_rx19(at: datetime) -> None:
    here = made.scene(at)
    gift = made.started(here)
    address = f"/pay/{made.charge_of(gift).pk}/"
    giver = visitor(here.givers[0])
    for page in ("/me/bounties/", f"/needs/{here.need.pk}/"):
        assert address in giver.get(page).content.decode()
    assert address not in visitor(here.team).get(f"/needs/{here.need.pk}/").content.decode()
    made.pay(gift, at)
    assert address not in giver.get("/me/bounties/").content.decode()


def test_an_open_need_is_not_edited_1128_rx15(at: datetime) -> None:
    here = made.scene(at)
    answer = visitor(here.team).get(f"/needs/{here.need.pk}/edit/")
    assert (answer.status_code, answer["Location"]) == (302, here.need.get_absolute_url())


def test_a_steward_takes_words_down_once_with_a_reason_1128_rx9(at: datetime) -> None:
    here = made.scene(at, title="Bad words")
    offer = made.offered(here)
    steward = accounts.staff("data-stewards")
    for person in (here.team, here.owner, accounts.staff("finance-officers")):
        with pytest.raises(Forbidden):
            words.take_down_need(actor=person, need=here.need, reason="Rude.", at=at)
    with role():
        words.take_down_need(actor=steward, need=here.need, reason="Rude.", at=at)
    need = here.now()
    page = visitor(None).get(f"/needs/{need.pk}/").content.decode()
    assert "Bad words" not in page
    assert "Rude." in page
    assert "Bad words" in need.removed_words
    with pytest.raises(Conflict):
        words.take_down_need(actor=steward, need=need, reason="Again.", at=at)
    with pytest.raises(Conflict, match="no words"):
        words.take_down_offer(actor=steward, offer=offer, reason="Rude.", at=at)
    other = made.scene(at)
    other.need = need
    noted = offers.make_offer(
        actor=other.owner,
        need=need,
        organisation=other.organisation,
        dataset=other.dataset,
        kind="service",
        valuation="Bad wish",
        note="Bad note",
        at=at,
    )
    form = {
        "action": "take_down_offer",
        "_selected_action": [str(noted.pk)],
        "reason": "Rude.",
        "confirmed": "1",
    }
    with_password(Client(), steward).post("/admin/exchange/offer/", form)
    page = visitor(None).get(f"/needs/{need.pk}/").content.decode()
    assert "Bad wish" not in page
    assert "Bad note" not in page
    campaigns.work(at)
    assert "data_need.taken_down" in kinds(here.team)
    assert "data_offer.taken_down" in kinds(other.owner)
    assert DataNeed.objects.get(pk=need.pk).state == "offered"


def test_a_team_hears_that_nobody_acts_for_whom_it_has_chosen_1128_ry14(at: datetime) -> None:
    here, other = made.scene(at), made.scene(at)
    made.awarded(here)
    made.delivered(other)
    moderator = accounts.staff("moderators")
    for one in (here, other):
        suspend_organisation(actor=moderator, organisation=one.organisation, reason="Fraud.", at=at)
    campaigns.work(at)
    told = here.team.notifications.get(kind="data_offer.nobody_acts")
    assert (told.url, told.detail) == (here.need.get_absolute_url(), "")
    assert "data_offer.nobody_acts" not in kinds(other.team)


def test_what_is_delivered_to_an_ended_project_is_not_returned_1128_x1(at: datetime) -> None:
    """It was open again then, and took gifts and offers for a project that was cancelled."""
    here = made.scene(at)
    delivery = made.delivered(here)
    page = f"/projects/{here.need.project.slug}/cancel/"
    visitor(here.team).post(page, {"reason": "We have moved on."})
    with pytest.raises(Conflict, match="has ended"):
        deliveries.return_delivery(actor=here.team, delivery=delivery, reason="Streets are missing.", at=at)
    assert here.now().state == "delivered"


def test_a_need_of_a_project_without_money_takes_none_1128_x3(at: datetime) -> None:
    """Its campaign missed the goal, or it lost the vote: gifts and awards went on; on its last day all goes back."""
    here = made.scene(at)
    made.gift(here)
    offer = made.offered(here)
    Project.objects.filter(pk=here.need.project_id).update(state=ProjectState.UNFUNDED)
    with pytest.raises(Conflict, match="nothing is taken"):
        made.gift(here)
    with pytest.raises(Conflict, match="nothing is taken"):
        offers.award_offer(actor=here.team, offer=offer, at=at)
    assert made.in_bounty(here) == 20_00
    assert "nothing is taken at the moment" in text_of(
        visitor(accounts.person()), here.need.get_absolute_url()
    )


def test_who_has_delivered_is_answered_though_the_project_is_withdrawn_1128_ry19(at: datetime) -> None:
    here = made.scene(at)
    made.gift(here)
    delivery = made.delivered(here)
    project = here.need.project
    page = f"/projects/{project.slug}/cancel/"
    assert "waits for the team" in text_of(visitor(here.team), page)
    visitor(here.team).post(page, {"reason": "We have moved on."})
    project.refresh_from_db()
    assert project.state == "cancelled"
    assert "data_offer.declined" not in kinds(here.owner)
    answer = f"/needs/deliveries/{delivery.pk}/accept/"
    assert answer in text_of(visitor(here.team), here.need.get_absolute_url())
    visitor(here.team).post(answer)
    campaigns.work(at)
    assert (here.now().state, here.now().payout.state) == ("accepted", "planned")


def test_what_hangs_on_a_project_ends_with_a_call_that_is_called_off_1128_ry19(at: datetime) -> None:
    """The project was cancelled by it, and money went on coming in for its needs and its campaign."""
    here, waits = made.scene(at), made.scene(at)
    made.gift(here)
    made.gift(waits)
    made.delivered(waits)
    campaign = campaigns.open_campaign(here.need.project, at=at)
    manager = accounts.staff("programme-managers")
    for one in (here, waits):
        call_off(actor=manager, call=one.need.project.call, reason="There is no money.", at=at)
    campaigns.work(at)
    campaign.refresh_from_db()
    assert (here.now().state, made.in_bounty(here), campaign.state) == ("refunded", 0, "cancelled")
    assert (waits.now().state, made.in_bounty(waits)) == ("delivered", 20_00)
