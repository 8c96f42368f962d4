"""Who has a part in a need keeps the way to it; who acts for the city gives the password; officers hear what waits."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from civic.accounts.models import Person
from civic.core.errors import Conflict, Invalid
from datasets.catalogue.models import Dataset
from marketplace.exchange.operations import deliveries, needs, payouts
from marketplace.exchange.tasks import end_needs
from marketplace.payouts.models import BankDetails
from projects.proposals.models import Project
from tests.exchange.test_told import kinds
from tests.factories import accounts, campaigns, catalogue, matching, proposals
from tests.factories import exchange as made
from tests.visiting import visitor, with_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def sees(person: Person | None, address: str, words: str = "") -> bool:
    answer = visitor(person).get(address)
    assert answer.status_code in (200, 404)
    return answer.status_code == 200 and words in answer.content.decode()


def test_a_hidden_project_keeps_nobody_from_what_is_theirs_1128_az13(at: datetime) -> None:
    here = made.scene(at)
    gift = made.gift(here)
    offer = made.awarded(here)
    stranger = accounts.person()
    Project.objects.filter(pk=here.need.project_id).update(hidden_for="insult")
    address, title = here.need.get_absolute_url(), here.need.project.title
    assert gift.person
    for person in (here.owner, gift.person):
        assert sees(person, address, "hidden by a moderator")
        assert not sees(person, address, title)
    assert sees(here.team, address, title)
    assert not sees(stranger, address)
    assert not sees(None, address)
    newest = here.dataset.revisions.get()
    assert (
        visitor(here.owner).post(f"/needs/offers/{offer.pk}/deliver/", {"revision": newest.pk}).status_code
        == 302
    )
    assert here.now().state == "delivered"


def test_for_the_city_a_step_asks_for_the_password_1128_az17(at: datetime) -> None:
    """At the desk the same step asks for it; who found an open session gives nothing back and accepts nothing."""
    here, other = made.scene(at), made.scene(at)
    made.delivered(other)
    steward = accounts.staff("data-stewards")
    delivery = other.now().offers.get().deliveries.get()
    words = {"reason": "Not for the city."}
    withdraw, accept = f"/needs/{here.need.pk}/withdraw/", f"/needs/deliveries/{delivery.pk}/accept/"
    with time_machine.travel(at + timedelta(days=31)):
        for address in (withdraw, accept):
            answer = visitor(steward).post(address, words)
            assert "reauthenticate" in answer["Location"]
        assert (here.now().state, other.now().state) == ("open", "delivered")
        client = with_password(Client(), steward)
        for address in (withdraw, accept):
            assert client.post(address, words).status_code == 302
        assert (here.now().state, other.now().state) == ("withdrawn", "accepted")
    mine = made.scene(at)
    assert (
        visitor(mine.team).post(f"/needs/{mine.need.pk}/withdraw/", words)["Location"]
        == mine.need.get_absolute_url()
    )


def test_officers_see_that_a_bounty_waits_1128_rx4(at: datetime) -> None:
    here = made.scene(at)
    made.gift(here)
    first, second = matching.finance_officer(), matching.finance_officer()
    waits = "1 bounty waits to be paid"
    payout = made.accepted(here)
    assert payout
    assert sees(first, "/me/", waits)
    assert not sees(here.owner, "/me/", waits)
    details = BankDetails.objects.filter(organisation=here.organisation)
    kept = list(details)
    details.delete()
    assert not sees(first, "/me/", waits)
    with time_machine.travel(at + timedelta(days=91)):
        assert sees(first, "/me/", waits)
    BankDetails.objects.bulk_create(kept)
    payouts.request_payout(actor=first, payout=payout, at=at)
    assert sees(second, "/me/", waits)
    payouts.approve_payout(actor=second, payout=payout, at=at)
    campaigns.work(at)
    assert not sees(second, "/me/", waits)


def test_who_won_a_bounty_is_asked_for_an_account_1128_rx3(at: datetime) -> None:
    here = made.scene(at)
    made.gift(here)
    BankDetails.objects.filter(organisation=here.organisation).delete()
    made.accepted(here)
    assert "bounty_payout.planned" in kinds(here.owner)


def test_officers_are_shown_what_they_can_do_1128_ry16(at: datetime) -> None:
    """Not what they have requested themselves, nor where they have a part; and nobody is asked for a known account."""
    here = made.scene(at)
    made.gift(here)
    payout = made.accepted(here)
    assert payout
    assert "data_delivery.accepted" in kinds(here.owner)
    assert "bounty_payout.planned" not in kinds(here.owner)
    first, second, member, colleague = [matching.finance_officer() for _one in range(4)]
    proposals.member(here.need.project, member)
    accounts.membership(here.organisation, colleague)
    waits, desk = "1 bounty waits to be paid", "/admin/exchange/bountypayout/"
    assert [sees(one, "/me/", waits) for one in (first, member, colleague)] == [True, False, False]
    assert sees(first, desk, "your request")
    details = BankDetails.objects.get(organisation=here.organisation)
    BankDetails.objects.filter(pk=details.pk).delete()
    details.usable_from = at + timedelta(days=3)
    BankDetails.objects.bulk_create([details])
    assert not sees(first, "/me/", waits)
    assert sees(first, desk, "an account of the organisation")
    with time_machine.travel(at + timedelta(days=4)):
        assert sees(first, "/me/", waits)
        payouts.request_payout(actor=first, payout=payout, at=at + timedelta(days=4))
        assert [sees(one, "/me/", waits) for one in (first, second)] == [False, True]


@pytest.mark.parametrize("end", ["withdrawn", "lapsed"])
def test_team_and_organisation_hear_of_an_end_1128_rx18(end: str, at: datetime) -> None:
    here = made.scene(at)
    member = accounts.person()
    proposals.member(here.need.project, member)
    made.awarded(here)
    if end == "withdrawn":
        steward = accounts.staff("data-stewards")
        needs.withdraw_need(actor=steward, need=here.need, reason="It names people.", at=at)
    else:
        with time_machine.travel(at + timedelta(days=22)):
            assert end_needs() == 1
    campaigns.work(at + timedelta(days=22))
    assert f"data_need.{end}_team" in kinds(member) & kinds(here.team)
    told = here.owner.notifications.get(kind="data_offer.declined")
    assert told.detail == ("It names people." if end == "withdrawn" else "")


def test_tables_of_the_exchange_itself_are_not_offered_1128(at: datetime) -> None:
    here = made.scene(at)
    Dataset.objects.filter(pk=here.dataset.pk).update(source="projects")
    here.dataset.refresh_from_db()
    with pytest.raises(Invalid, match="publishes here"):
        made.offered(here)


def test_a_need_says_what_is_done_already_1128_s4(at: datetime) -> None:
    here = made.scene(at)
    with pytest.raises(Conflict, match="open already"):
        needs.open_need(actor=here.team, need=here.need, at=at)
    address, button = here.need.get_absolute_url(), f"/needs/{here.need.pk}/offer/"
    assert sees(here.owner, address, button)
    delivery = made.delivered(here)
    deliveries.return_delivery(actor=here.team, delivery=delivery, reason="A street lacks.", at=at)
    assert not sees(here.owner, address, button)


def test_an_organisation_offers_once_1128_s4(at: datetime) -> None:
    here = made.scene(at)
    made.offered(here)
    address, button = here.need.get_absolute_url(), f"/needs/{here.need.pk}/offer/"
    assert not sees(here.owner, address, button)
    assert sees(catalogue.writer(accounts.organisation(accounts.person())), address, button)
