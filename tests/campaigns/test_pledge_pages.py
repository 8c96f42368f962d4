"""The pages of a pledge: the way from the project to the receipt, and what is said when it ends early."""

import hashlib
import re
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from civic.core import clock
from civic.core.errors import Invalid
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import collection
from marketplace.campaigns.operations.pledge_payments import payment_of
from marketplace.campaigns.operations.pledges import Started
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.queries.pledges import charged_later
from marketplace.campaigns.states import PledgeState
from marketplace.payments.models import Charge, Method
from tests.factories import accounts, payments
from tests.factories.campaigns import (
    active_pledge,
    end,
    open_campaign,
    pledge,
    pledge_by,
    promise,
    save_card,
    work,
)
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db


WISH = {"amount": "2500", "frequency": "once", "months": "12", "provider": "demo"}


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the review page, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page)
    return dict(found)


def started(made: Pledge) -> Any:
    made.refresh_from_db()
    return Started(made, payment_of(made))


def test_from_the_project_to_the_receipt() -> None:
    campaign, person = open_campaign(), accounts.person()
    client = visitor(person)
    assert f"/campaigns/{campaign.pk}/pledge/" in text_of(client, campaign.project.get_absolute_url())
    form = text_of(client, f"/campaigns/{campaign.pk}/pledge/")
    assert "€25" in form
    assert "No fee for you" in form
    review = client.get(f"/campaigns/{campaign.pk}/pledge/review/", WISH).content.decode()
    assert "only if the goal is reached" in review
    sent = client.post(f"/campaigns/{campaign.pk}/pledge/review/", hidden(review))
    made = Pledge.objects.get()
    assert sent.headers["Location"].startswith("/pay/")
    assert (made.amount_minor, made.person) == (25_00, person)
    again = client.post(f"/campaigns/{campaign.pk}/pledge/review/", hidden(review))
    assert again.headers["Location"] == sent.headers["Location"]
    assert Pledge.objects.count() == 1
    now = clock.now()
    work(now)
    save_card(started(made))
    work(now)
    thanks = text_of(client, f"/me/pledges/{made.pk}/thanks/")
    assert "Thank you" in thanks
    assert "Nothing is charged before" in thanks
    assert "active" in text_of(client, "/me/pledges/")


def test_who_is_not_signed_in_keeps_what_was_typed() -> None:
    campaign = open_campaign()
    answer = visitor().get(f"/campaigns/{campaign.pk}/pledge/review/", WISH | {"other": "37.50"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/?next=")
    assert "37.50" in answer.headers["Location"]
    page = text_of(visitor(), f"/campaigns/{campaign.pk}/pledge/?other=37.50&frequency=monthly&amount=other")
    assert 'value="37.50"' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"other": "abc"}, "Write an amount"),
        ({"other": "12 euros"}, "Write an amount"),
        ({"amount": "other"}, "Write an amount"),
        ({"amount": "77"}, "Select a valid choice"),
        ({"other": "-5"}, "at least"),
        ({"other": "0"}, "at least"),
        ({"other": "4.99"}, "The smallest pledge is"),
        ({"other": "2000.01"}, "you can still pledge"),
        ({"other": "999999999999"}, "at most"),
        ({"frequency": "monthly", "months": ""}, "for how many months"),
        ({"frequency": "monthly", "months": "1"}, "Monthly is for 2 months at least."),
        ({"provider": "gold"}, "Select a valid choice"),
    ],
)
def test_a_wrong_wish_comes_back_as_typed_r4(typed: dict[str, str], said: str) -> None:
    campaign = open_campaign(pledge_min_minor=5_00, pledge_max_minor=2_000_00)
    answer = visitor(accounts.person()).get(f"/campaigns/{campaign.pk}/pledge/review/", WISH | typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("months", "status", "said"),
    [("12", 422, "you can still pledge"), ("2", 200, "2 payments, €1,980 together")],
)
def test_a_monthly_pledge_is_limited_and_looked_over_by_what_it_is_together_r5(
    months: str, status: int, said: str
) -> None:
    campaign = open_campaign(pledge_max_minor=2_000_00, rule="keep")
    wish = WISH | {"frequency": "monthly", "months": months, "other": "990"}
    answer = visitor(accounts.person()).get(f"/campaigns/{campaign.pk}/pledge/review/", wish)
    assert answer.status_code == status
    assert said in answer.content.decode()


def test_a_refusal_of_the_verb_stands_on_the_review_page() -> None:
    campaign, person = open_campaign(pledge_max_minor=60_00), accounts.person()
    client = visitor(person)
    review = client.get(f"/campaigns/{campaign.pk}/pledge/review/", WISH | {"other": "60"}).content.decode()
    active_pledge(campaign, person, 30_00)
    answer = client.post(f"/campaigns/{campaign.pk}/pledge/review/", hidden(review))
    assert answer.status_code == 422
    assert "you can still pledge €30" in answer.content.decode()
    damaged = client.post(f"/campaigns/{campaign.pk}/pledge/review/", {"token": str(uuid4())})
    assert damaged.status_code == 422
    assert Pledge.objects.count() == 1


def test_names_are_shown_unless_somebody_wishes_otherwise() -> None:
    campaign = open_campaign()
    active_pledge(campaign, accounts.person(name="Ada Shown"))
    active_pledge(campaign, accounts.person(name="Ben Hidden"), anonymous=True)
    recount(campaign, clock.now())
    for address in (campaign.get_absolute_url(), campaign.project.get_absolute_url()):
        page = text_of(visitor(), address)
        assert "Ada Shown" in page
        assert "Ben Hidden" not in page
        assert "Anonymous" in page


def test_a_name_goes_from_the_list_apart_from_any_gift_i8() -> None:
    """A list that changes in the moment of a gift without a name would say whose it is."""
    campaign, person = open_campaign(), accounts.person(name="Zofia Baran")
    first = active_pledge(campaign, person, 20_00)
    page = text_of(visitor(person), f"/campaigns/{campaign.pk}/pledge/")
    assert re.search(r'name="anonymous"[^>]* disabled', page)
    asked = WISH | {"anonymous": "on"}
    review = text_of(visitor(person), f"/campaigns/{campaign.pk}/pledge/review/?{urlencode(asked)}")
    assert "stands in the list of backers" in review
    with pytest.raises(Invalid) as refused:
        pledge_by(person, campaign, 33_00, at=clock.now(), anonymous=True)
    assert "anonymous" in refused.value.fields
    assert "Zofia Baran" in text_of(visitor(), campaign.get_absolute_url())
    second = promise(campaign, 33_00, at=clock.now(), person=person)
    own = visitor(person)
    own.post(f"/me/pledges/{first.pk}/step/", {"verb": "hide_name"})
    assert set(Pledge.objects.filter(pk__in=[first.pk, second.pk]).values_list("anonymous", flat=True)) == {
        True
    }
    assert "Zofia Baran" not in text_of(visitor(), campaign.get_absolute_url())
    with pytest.raises(Invalid):
        pledge_by(person, campaign, 5_00, at=clock.now())
    own.post(f"/me/pledges/{first.pk}/step/", {"verb": "show_name"})
    assert "Zofia Baran" in text_of(visitor(), campaign.get_absolute_url())
    stranger = visitor(accounts.person())
    assert stranger.post(f"/me/pledges/{first.pk}/step/", {"verb": "hide_name"}).status_code == 404


def test_a_pledge_is_changed_and_cancelled_by_its_person_after_a_question() -> None:
    campaign, person = open_campaign(), accounts.person()
    made = active_pledge(campaign, person)
    client, page = visitor(person), f"/me/pledges/{made.pk}/"
    wrong = client.post(f"{page}change/", {"amount": "0.10"})
    assert wrong.status_code == 422
    assert "The smallest pledge is €1" in wrong.content.decode()
    assert client.post(f"{page}change/", {"amount": "40"}).status_code == 302
    assert "Cancel your pledge?" in text_of(client, f"{page}cancel/")
    assert client.get(f"{page}step/").status_code == 405
    client.post(f"{page}step/", {"verb": "cancel"})
    made.refresh_from_db()
    assert (made.amount_minor, made.state) == (40_00, PledgeState.CANCELLED)
    assert client.get(f"{page}cancel/").status_code == 302
    stranger = visitor(accounts.person())
    for path in ("", "thanks/", "change/", "cancel/"):
        assert stranger.get(f"{page}{path}").status_code == 404
    assert stranger.post(f"{page}step/", {"verb": "cancel"}).status_code == 404


def test_who_has_to_pay_again_is_led_there() -> None:
    campaign, person = open_campaign(), accounts.person()
    made = promise(campaign, 100_00, at=clock.now(), behaviour="declines", person=person)
    end(campaign)
    client = visitor(person)
    assert "Pay now" in text_of(client, f"/me/pledges/{made.pk}/")
    assert "needs you" in text_of(client, "/me/")
    answer = client.post(f"/me/pledges/{made.pk}/step/", {"verb": "pay"})
    charge = Charge.objects.exclude(state="failed").get()
    assert answer.headers["Location"] == f"/pay/{charge.pk}/"


def test_a_payment_that_failed_before_the_end_is_told_without_a_day() -> None:
    campaign, person = open_campaign(rule="keep"), accounts.person()
    made = promise(campaign, 10_00, at=clock.now(), behaviour="declines", person=person, months=12)
    collection.collect_due(at=clock.now())
    work(clock.now())
    for address in (f"/me/pledges/{made.pk}/", f"/me/pledges/{made.pk}/thanks/"):
        page = text_of(visitor(person), address)
        assert "did not go through. Pay with the same card" in page
        assert "Thank you" not in page


def test_what_a_way_to_pay_says_is_true_of_the_campaign() -> None:
    returns = "If the goal is missed, it comes back."
    for rule, is_true in (("all_or_nothing", True), ("keep", False)):
        page = text_of(visitor(accounts.person()), f"/campaigns/{open_campaign(rule=rule).pk}/pledge/")
        assert "You transfer the amount now." in page
        assert (returns in page) is is_true


def test_a_monthly_pledge_that_is_kept_is_charged_at_once_and_says_so() -> None:
    campaign, person = open_campaign(rule="keep"), accounts.person()
    typed = {"amount": "2500", "months": "12", "frequency": "monthly", "provider": "demo"}
    address = f"/campaigns/{campaign.pk}/pledge/review/"
    page = " ".join(visitor(person).get(address, typed).content.decode().split())
    assert "You save a card, and €25 are charged at once." in page
    assert "only if the goal is reached" not in page


def test_a_pledge_is_at_most_twelve_statements() -> None:
    client = visitor(accounts.person())
    for campaign in (open_campaign(), open_campaign(rule=Campaign.Rule.KEEP)):
        address = f"/campaigns/{campaign.pk}/pledge/review/"
        said = {"minor": 2500, "currency": "EUR", "months": 1, "provider": "demo"}
        client.post(address, said | {"token": uuid4()})
        with CaptureQueriesContext(connection) as seen:
            assert client.post(address, said | {"token": uuid4()}).status_code == 302
        # The test's own transaction makes a savepoint of what is BEGIN and COMMIT outside of it.
        print(f"\npledge to {campaign.rule}: {len(seen)} statements")
        assert len(seen) <= 12, [one["sql"][:90] for one in seen]


@pytest.mark.parametrize("before", [PledgeState.STARTED, PledgeState.NEEDS_PAYER])
@pytest.mark.parametrize(
    ("state", "said"), [("processing", "is on its way"), ("failed", "did not go through")]
)
def test_a_first_payment_says_where_it_is_and_not_that_a_step_is_missing_r2(
    before: str, state: str, said: str
) -> None:
    person = accounts.person()
    made = pledge(open_campaign(rule="keep"), person, state=before)
    paid = payments.charge(at=clock.now(), purpose=made.purpose, payer=person)
    Charge.objects.filter(pk=paid.pk).update(state=state)
    for address in (f"/me/pledges/{made.pk}/", f"/me/pledges/{made.pk}/thanks/"):
        page = text_of(visitor(person), address)
        assert said in page
        assert "One step is missing" not in page
        assert ("Pay now" in page or "Try again" in page) is (state == "failed")


def test_a_monthly_pledge_says_how_long_and_its_card_what_is_to_come() -> None:
    at = clock.now()
    made = promise(open_campaign(rule="keep"), 10_00, at=at, months=12)
    client, address = visitor(made.person), f"/me/pledges/{made.pk}/"
    work(at)
    made.refresh_from_db()
    assert "12 months" in text_of(client, address)
    assert made.method_id
    assert charged_later([made.method_id]) == {made.method_id: [made.purpose]}
    Method.objects.filter(pk=made.method_id).update(removed_at=at)
    assert "You removed it." in text_of(client, address)


def test_monthly_by_a_way_that_cannot_is_said_on_the_form() -> None:
    campaign = open_campaign()
    typed = {"amount": "2500", "months": "12", "frequency": "monthly", "provider": "bank"}
    answer = visitor(accounts.person()).get(f"/campaigns/{campaign.pk}/pledge/review/", typed)
    assert "Monthly payments can&#x27;t be made in this way" in answer.content.decode()
    assert "are charged each month" not in answer.content.decode()


def test_of_two_gifts_that_are_begun_both_have_one_wish_i8() -> None:
    """Each would stand once it is paid, one with the name and one without: the one would say whose the other is."""
    campaign, person = open_campaign(), accounts.person()
    pledge_by(person, campaign, 20_00, at=clock.now(), anonymous=True)
    with pytest.raises(Invalid) as refused:
        pledge_by(person, campaign, 33_00, at=clock.now())
    assert "anonymous" in refused.value.fields


def test_the_project_page_shows_backers_by_lot_not_the_latest_1127_st8() -> None:
    """The public ledger has the newest amounts in their order: the newest names beside it would say whose they are."""
    campaign = open_campaign()
    made = [active_pledge(campaign, accounts.person(name=f"Backer {number:02}")) for number in range(24)]
    page = text_of(visitor(), campaign.project.get_absolute_url())
    shown = {one.pk for one in made if one.person and one.person.name in page}
    lot = sorted(made, key=lambda one: hashlib.md5(str(one.pk).encode()).hexdigest())  # no secret
    assert shown == {one.pk for one in lot[:8]}
    assert shown != {one.pk for one in made[-8:]}
