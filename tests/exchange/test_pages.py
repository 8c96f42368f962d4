"""The board, a need's page and its forms: what they show, and that each step can be taken by them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed
from tests.factories import accounts, campaigns
from tests.factories import exchange as made
from tests.visiting import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def test_a_need_is_written_opened_given_to_offered_delivered_and_accepted_by_pages(at: datetime) -> None:
    here = made.scene(at)
    team, owner = visitor(here.team), visitor(here.owner)
    slug = here.need.project.slug
    data = {
        "title": "Pavements",
        "description": "How hot they get.",
        "columns": "tree\nplanted: date\naddr:street:",
        "deadline": localdate(at) + timedelta(days=9),
    }
    assert team.post(f"/projects/{slug}/needs/new/", data | {"title": ""}).status_code == 422
    assert team.post(f"/projects/{slug}/needs/new/", data).status_code == 302
    need = DataNeed.objects.order_by("-pk")[0]
    assert [one["name"] for one in need.columns] == ["tree", "planted", "addr:street"]
    # As it was written, with the colon that ends it.
    assert "addr:street:" in team.get(f"/needs/{need.pk}/edit/").content.decode()
    assert team.post(f"/needs/{need.pk}/edit/", data | {"columns": "tree\nplanted: date"}).status_code == 302
    assert visitor(None).get(f"/needs/{need.pk}/").status_code == 404
    assert team.post(f"/needs/{need.pk}/open/").status_code == 302
    giver = accounts.person(name="Ada")
    form = {"amount": "12.50", "provider": "demo", "token": "11111111-1111-4111-8111-111111111111"}
    for _twice in range(2):
        assert "/pay/" in visitor(giver).post(f"/needs/{need.pk}/give/", form).headers["Location"]
    here.need = need
    made.pay(BountyGift.objects.get(need=need), at)
    wish = {"dataset": here.dataset.pk, "kind": "bounty", "note": "Ours."}
    assert owner.post(f"/needs/{need.pk}/offer/", wish | {"valuation": "A bench"}).status_code == 422
    assert owner.post(f"/needs/{need.pk}/offer/", wish).status_code == 302
    offer = need.offers.get()
    assert owner.get(f"/needs/offers/{offer.pk}/award/").status_code == 404
    assert team.post(f"/needs/offers/{offer.pk}/award/").status_code == 302
    newest = here.dataset.revisions.get()
    assert owner.post(f"/needs/offers/{offer.pk}/deliver/", {"revision": newest.pk}).status_code == 302
    delivery = offer.deliveries.get()
    page = team.get(f"/needs/deliveries/{delivery.pk}/accept/").content.decode()
    assert "Column “planted”" in page
    assert team.post(f"/needs/deliveries/{delivery.pk}/return/", {"reason": ""}).status_code == 422
    assert team.post(f"/needs/deliveries/{delivery.pk}/accept/").status_code == 302
    campaigns.work(at)
    assert BountyPayout.objects.filter(need=need, state="planned").exists()
    page = visitor(None).get(f"/needs/{need.pk}/").content.decode()
    assert "€12.50" in page
    assert "Ada" in page
    for where in (f"/projects/{slug}/", f"/data/{here.dataset.slug}/"):
        assert "Pavements" in visitor(None).get(where).content.decode()
    assert "Pavements" in visitor(giver).get("/me/bounties/").content.decode()


def test_an_unknown_type_is_refused_and_the_known_ones_shown_1128_rx7(at: datetime) -> None:
    here = made.scene(at)
    data = {"title": "Trees", "description": "All.", "deadline": localdate(at) + timedelta(days=9)}
    for line, word in (
        ("planted: dates", "dates"),
        ("height: numbr", "numbr"),
        ("note: all of it", "all of it"),
    ):
        answer = visitor(here.team).post(
            f"/projects/{here.need.project.slug}/needs/new/", data | {"columns": f"tree\n{line}"}
        )
        assert answer.status_code == 422
        page = answer.content.decode()
        assert f"“{word}” is no type" in page
        assert "string, integer, number" in page


def test_the_board_shows_open_paid_and_all(at: datetime) -> None:
    here, other = made.scene(at, title="Open one"), made.scene(at, title="Paid one")
    made.gift(here)
    made.gift(other)
    made.paid(other)
    for state, shown in (("open", {"Open one"}), ("paid", {"Paid one"}), ("all", {"Open one", "Paid one"})):
        page = visitor(None).get(f"/needs/?state={state}").content.decode()
        assert {title for title in ("Open one", "Paid one") if title in page} == shown


def test_pages_ask_as_often_for_few_as_for_many(at: datetime, django_assert_max_num_queries: Any) -> None:
    here = made.scene(at)
    project = here.need.project

    def asked(address: str) -> int:
        with django_assert_max_num_queries(80) as counted:
            assert visitor(here.team).get(address).status_code == 200
        return len(counted)

    addresses = ("/needs/", f"/needs/{here.need.pk}/")
    few = [asked(address) for address in addresses]
    for number in range(4):
        made.need(project, at, title=f"Need {number}")
        made.gift(here)
        other = made.scene(at)
        other.need = here.need
        made.offered(other)
    # Names of givers, offers and their steps are each one statement more than none.
    assert [asked(address) for address in addresses] == [few[0], few[1]]


def test_the_desk_pays_by_two(at: datetime) -> None:
    here = made.scene(at)
    made.gift(here)
    made.accepted(here)
    officer = visitor(accounts.staff("finance-officers"))
    page = officer.get("/admin/exchange/bountypayout/").content.decode()
    assert "your request" in page
    for model in ("dataneed", "bountygift", "offer", "delivery"):
        assert officer.get(f"/admin/exchange/{model}/").status_code == 200
