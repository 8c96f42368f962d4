"""What was taken down stays down: it is not written again, and nothing of it is shown but at the desk."""

from datetime import datetime

import pytest

from civic.core.errors import Conflict
from marketplace.exchange.models import DataNeed
from marketplace.exchange.operations import deliveries, needs, words
from tests.exchange.test_told import kinds
from tests.factories import accounts, campaigns
from tests.factories import exchange as made
from tests.visiting import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
BAD = "Crook"


def taken_down(need: DataNeed, at: datetime) -> None:
    steward = accounts.staff("data-stewards")
    words.take_down_need(actor=steward, need=need, reason="It insults.", at=at)


def test_a_draft_that_was_taken_down_is_not_written_again_1128_ry1(at: datetime) -> None:
    here = made.scene(at)
    draft = needs.state_need(
        actor=here.team, project=here.need.project, terms=made.terms(at, title=BAD), at=at
    )
    taken_down(draft, at)
    with pytest.raises(Conflict, match="state another one"):
        needs.edit_need(actor=here.team, need=draft, terms=made.terms(at, title=BAD), at=at)
    with pytest.raises(Conflict, match="state another one"):
        needs.open_need(actor=here.team, need=draft, at=at)
    team, address = visitor(here.team), draft.get_absolute_url()
    page = team.get(address).content.decode()
    assert "state another one" in page
    assert f"{address}withdraw/" in page
    assert f"{address}edit/" not in page
    assert f"{address}open/" not in page
    assert team.get(f"{address}edit/").status_code == 302
    assert "is a draft" not in team.get("/me/").content.decode()
    needs.withdraw_need(actor=here.team, need=draft, reason="As the steward says.", at=at)


def test_nothing_of_a_need_that_was_taken_down_is_shown_1128_ry1b(at: datetime) -> None:
    """Columns, what was said of a delivery and its checks, which name the columns, and why it was withdrawn."""
    here = made.scene(at, title=BAD, columns=[("crooked", "string")])
    made.revision(here.dataset, at, {"fields": [{"name": "crooked", "type": "string"}]})
    delivery = made.delivered(here)
    places = (here.need.get_absolute_url(), f"/api/v1/needs/{here.need.pk}/", "/api/v1/needs/")

    def shown() -> str:
        return "".join(visitor(None).get(address).content.decode().lower() for address in places)

    assert "crook" in shown()
    taken_down(here.need, at)
    assert "crook" not in shown()
    deliveries.return_delivery(actor=here.team, delivery=delivery, reason="Of a crook.", at=at)
    steward = accounts.staff("data-stewards")
    needs.withdraw_need(actor=steward, need=here.need, reason="All crooks.", at=at)
    assert "crook" not in shown()
    assert here.now().state in ("withdrawn", "refunded")


def test_the_desk_keeps_what_was_taken_down_for_an_appeal_1128_ry2(at: datetime) -> None:
    here = made.scene(at, title=BAD)
    offer = made.offered(here, "service")
    taken_down(here.need, at)
    words.take_down_offer(actor=accounts.staff("data-stewards"), offer=offer, reason="Rude.", at=at)
    offer.refresh_from_db()
    desk = f"/admin/exchange/dataneed/{here.need.pk}/change/"
    of_offer = f"/admin/exchange/offer/{offer.pk}/change/"
    for group, reads in (("data-stewards", True), ("auditors", True), ("finance-officers", False)):
        client = visitor(accounts.staff(group))
        assert (BAD in client.get(desk).content.decode()) == reads
        assert (offer.removed_words.strip() in client.get(of_offer).content.decode()) == reads
    campaigns.work(at)
    assert {"data_need.taken_down", "data_offer.made"} <= kinds(here.team)
    news = visitor(here.team).get("/notifications/").content.decode()
    assert f"the words of “{BAD}”" in news
    assert "may answer to the data steward" in news
