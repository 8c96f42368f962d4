"""Pages, desk and open data of match funds. What they show, and what they cost."""

import csv
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from civic.core.money import Money
from marketplace.matching import quadratic
from marketplace.matching.models import Allocation, Challenge, Deposit, Exclusion, MatchFund
from marketplace.matching.operations import closing, matching, quadratic_allocation
from marketplace.matching.operations.quadratic_input import pseudonym
from marketplace.matching.queries import funds as queries
from marketplace.matching.queries.previews import match_preview
from marketplace.payouts.models import Hold
from tests.factories import accounts
from tests.factories import matching as made
from tests.factories.campaigns import draft_campaign
from tests.visiting import statements, with_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def signed_in(person: Any) -> Client:
    """The browser of this person."""
    client = Client()
    with_password(client, person)
    return client


def frozen(at: datetime) -> tuple[MatchFund, Allocation]:
    """A quadratic fund that can be challenged at `at`."""
    begun = at - timedelta(days=31)
    fund = made.fund(begun, rule=MatchFund.Rule.QUADRATIC)
    allocation = made.enrolled(fund, begun, ends_at=at + timedelta(days=9))
    for _ in range(3):
        made.gift(allocation.campaign, 25_00, begun)
    closing.end_due(at)
    fund.refresh_from_db()
    return fund, allocation


# ------------------------------------------------------------------ pages
@pytest.mark.parametrize("who", ["anonymous", "signed in"])
def test_lists_and_pages_take_the_same_few_statements_however_long(at: datetime, who: str) -> None:
    client = Client() if who == "anonymous" else signed_in(accounts.resident())
    most = 8 if who == "anonymous" else 14
    fund = made.fund(at)
    counts = []
    for more in (1, 5):
        for _ in range(more):
            allocation = made.enrolled(fund, at)
            made.gift(allocation.campaign, 20_00, at)
            matching.match_campaign(allocation.campaign, at)
            made.fund(at)
        paths = (
            "/funds/",
            fund.get_absolute_url(),
            "/api/v1/funds/",
            f"/api/v1{fund.get_absolute_url()}allocations/",
        )
        counts.append([statements(client, path) for path in paths])
    print(who, counts)
    assert counts[0] == counts[1]
    assert max(counts[1]) <= most


def test_a_fund_shows_guaranteed_and_estimated_apart(at: datetime) -> None:
    fund = made.fund(at, rule=MatchFund.Rule.QUADRATIC)
    allocation = made.enrolled(fund, at)
    for _ in range(2):
        made.gift(allocation.campaign, 25_00, at)
    quadratic_allocation.estimate(fund, at)
    page = Client().get(fund.get_absolute_url()).content.decode()
    assert '<span class="figure fund-estimate">€50</span>' in page
    assert allocation.campaign.project.title in page


def test_drafts_are_seen_by_the_council_only(at: datetime) -> None:
    fund = made.fund(at, opened=False)
    assert Client().get(fund.get_absolute_url()).status_code == 404
    assert signed_in(accounts.person()).get(fund.get_absolute_url()).status_code == 404
    assert signed_in(made.finance_officer()).get(fund.get_absolute_url()).status_code == 200
    assert fund.title not in Client().get("/funds/").content.decode()
    assert Client().get(f"/api/v1/funds/{fund.slug}/").status_code == 404


def test_a_campaign_that_is_being_written_is_not_shown(at: datetime) -> None:
    fund = made.fund(at)
    allocation = made.enrolled(fund, at, draft_campaign(at=at))
    title = allocation.campaign.project.title
    assert title not in Client().get(fund.get_absolute_url()).content.decode()
    assert Client().get(f"/api/v1/funds/{fund.slug}/allocations/").json()["results"] == []
    assert title in signed_in(made.finance_officer()).get(fund.get_absolute_url()).content.decode()


def test_the_pot_is_always_all_of_it(at: datetime) -> None:
    fund = made.fund(at)
    one, two = made.enrolled(fund, at), made.enrolled(fund, at)
    for allocation in (one, two):
        made.gift(allocation.campaign, 20_00, at)
        matching.match_campaign(allocation.campaign, at)
    matching.commit_match(one.campaign, at)
    pot = queries.pot(queries.funds(made.finance_officer()).get(pk=fund.pk))
    assert [part.minor for part in (pot.paid_in, pot.free, pot.reserved, pot.committed, pot.paid)] == [
        1_000_00,
        960_00,
        20_00,
        20_00,
        0,
    ]
    assert made.balances(fund) == {"available": 960_00, "reserved": 20_00, "committed": 20_00}


@pytest.mark.parametrize("rule", MatchFund.Rule.values)
def test_every_rule_is_explained_by_an_example(at: datetime, rule: str) -> None:
    more = {"threshold_backers": 50, "threshold_minor": 5_000_00} if rule == "threshold" else {}
    fund = made.fund(at, rule=rule, gift_min_minor=2_00, **more)
    page = Client().get(fund.get_absolute_url()).content.decode()
    says = {
        "ratio": "For each €1 that a resident gives, the fund adds €1, at once.",
        "threshold": "Once 50 residents back a project, the fund adds €5,000.",
        "quadratic": "Four people give €25 each, €100 together: the rule adds €300.",
    }
    assert says[rule] in page
    assert "Smallest gift that counts: <strong" in page


# ------------------------------------------------------------------ published input and challenges
def test_the_published_file_has_the_published_digest(at: datetime) -> None:
    fund, _allocation = frozen(at)
    document = Client().get(f"{fund.get_absolute_url()}input.json").json()
    assert quadratic.digest(document) == fund.input_digest
    assert Client().get(f"/api/v1/funds/{fund.slug}/input/").json() == document
    assert fund.input_digest in Client().get(fund.get_absolute_url()).content.decode()
    program = Client().get("/funds/recompute.py").content.decode()
    assert "def recompute" in program


def test_a_giver_finds_their_own_line_and_nobody_elses(at: datetime) -> None:
    fund, allocation = frozen(at)
    giver = allocation.campaign.pledges.first().person
    name = pseudonym(fund, allocation.campaign_id, giver.pk)
    assert name in signed_in(giver).get(fund.get_absolute_url()).content.decode()
    assert name not in signed_in(accounts.person()).get(fund.get_absolute_url()).content.decode()


def test_a_challenge_is_made_once_a_form_and_shown_without_a_name(at: datetime) -> None:
    fund, _allocation = frozen(at)
    person = accounts.person(name="Ada Quietly")
    sent = {"text": "Two lines are the same person.", "token": str(uuid4())}
    for _ in range(2):
        response = signed_in(person).post(f"{fund.get_absolute_url()}challenge/", sent)
        assert response.status_code == 302
    assert Challenge.objects.count() == 1
    page = Client().get(fund.get_absolute_url()).content.decode()
    assert sent["text"] in page
    assert "Ada Quietly" not in page


def test_a_challenge_that_is_too_late_keeps_what_was_typed(at: datetime, clock_at: Any) -> None:
    fund, _allocation = frozen(at)
    clock_at.shift(timedelta(days=15))
    response = signed_in(accounts.person()).post(
        f"{fund.get_absolute_url()}challenge/", {"text": "Too late.", "token": str(uuid4())}
    )
    assert response.status_code == 422
    assert not Challenge.objects.exists()


# ------------------------------------------------------------------ what a gift would bring
def preview(allocation: Allocation, person: Any, minor: int, at: datetime) -> tuple[int, int, str]:
    """Guaranteed, estimated, and the first explanation."""
    found = match_preview(allocation.campaign, Money(minor, "EUR"), person, at)
    said = found.why_not or (found.lines[0].how if found.lines else "")
    return found.guaranteed.minor, found.estimated.minor, str(said)


def test_a_preview_says_what_a_pledge_then_brings(at: datetime) -> None:
    allocation = made.enrolled(made.fund(at, holds=50_00, person_cap_minor=30_00), at)
    giver = accounts.resident()
    assert preview(allocation, giver, 20_00, at)[:2] == (20_00, 0)
    assert preview(allocation, giver, 40_00, at)[:2] == (30_00, 0)
    made.gift(allocation.campaign, 20_00, at, giver)
    matching.match_campaign(allocation.campaign, at)
    assert preview(allocation, giver, 20_00, at)[:2] == (10_00, 0)
    assert preview(allocation, accounts.resident(), 50_00, at)[:2] == (30_00, 0)


def test_a_preview_never_merges_an_estimate_into_what_is_guaranteed(at: datetime) -> None:
    allocation = made.enrolled(made.fund(at, rule=MatchFund.Rule.QUADRATIC), at)
    made.gift(allocation.campaign, 25_00, at)
    quadratic_allocation.estimate(allocation.fund, at)
    assert preview(allocation, accounts.resident(), 25_00, at)[:2] == (0, 50_00)


def test_a_preview_of_a_threshold_counts_down(at: datetime) -> None:
    fund = made.fund(at, rule=MatchFund.Rule.THRESHOLD, threshold_backers=3, threshold_minor=50_00)
    allocation = made.enrolled(fund, at)
    made.gift(allocation.campaign, 5_00, at)
    assert preview(allocation, accounts.resident(), 5_00, at) == (0, 0, "2 more backers unlock €50.")


def test_a_preview_says_why_a_gift_brings_nothing(at: datetime) -> None:
    allocation = made.enrolled(made.fund(at), at)
    assert preview(allocation, accounts.person(), 20_00, at)[2].startswith(
        "Funds add to the gifts of residents"
    )
    author = allocation.campaign.project.author
    accounts.residency(author)
    assert preview(allocation, author, 20_00, at)[2].startswith("You have a part")


# ------------------------------------------------------------------ bank account, money trail


# ------------------------------------------------------------------ open data
def test_the_table_of_allocations_streams(at: datetime) -> None:
    allocation = made.enrolled(made.fund(at), at)
    made.gift(allocation.campaign, 20_00, at)
    matching.match_campaign(allocation.campaign, at)
    response = Client().get("/api/v1/funds/allocations.csv")
    assert response.streaming
    rows = list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode())))
    assert [(row["project"], row["guaranteed_minor"]) for row in rows] == [
        (allocation.campaign.project.slug, "2000")
    ]
    shown = Client().get(f"/api/v1/funds/{allocation.fund.slug}/").json()
    parts = ("free", "reserved", "committed", "paid")
    assert sum(shown[f"{part}_minor"] for part in parts) == shown["paid_in_minor"] == 1_000_00


# ------------------------------------------------------------------ the desk
def terms(at: datetime, **more: Any) -> dict[str, Any]:
    """What an officer types for a fund that doubles gifts."""
    funder = accounts.organisation()
    return {
        "title": "Green pot",
        "summary": "Doubles gifts.",
        "funder": funder.pk,
        "currency": "EUR",
        "rule": "ratio",
        "ratio": "50",
        "gift_min": "2.50",
        "freezes_at_0": (at + timedelta(days=9)).date().isoformat(),
        "freezes_at_1": "12:00",
        "challenge_days": "14",
    } | more


def test_a_fund_is_prepared_changed_and_opened_at_the_desk(at: datetime) -> None:
    client = signed_in(made.finance_officer())
    add = reverse("admin:matching_matchfund_add")
    sent = terms(at, project_cap="1,000")
    assert client.get(add).status_code == 200
    assert client.post(add, terms(at, gift_min="a lot")).status_code == 200
    assert client.post(add, sent).status_code == 302
    fund = MatchFund.objects.get()
    assert (fund.ratio_bp, fund.gift_min_minor, fund.project_cap_minor) == (5_000, 2_50, 1_000_00)
    change = reverse("admin:matching_matchfund_change", args=[fund.pk])
    assert 'value="2.50"' in client.get(change).content.decode()
    assert client.post(change, sent | {"ratio": "100"}).status_code == 302
    act(client, "matchfund", "open_fund", fund)
    fund.refresh_from_db()
    assert (fund.ratio_bp, fund.state) == (10_000, "open")
    assert client.post(change, sent | {"ratio": "20"}).status_code == 403
    assert client.get(change).status_code == 200


def labelled(model: str) -> str:
    """A model as the admin's addresses name it."""
    return f"payouts_{model}" if model in ("payout", "bankdetails", "hold") else f"matching_{model}"


def act(client: Client, model: str, action: str, row: Any, reason: str = "") -> Any:
    """An action on one row, with a reason where it asks for one."""
    sent = {"action": action, "_selected_action": [str(row.pk)], "confirmed": "yes", "reason": reason}
    return client.post(reverse(f"admin:{labelled(model)}_changelist"), sent, follow=True)


def test_a_deposit_takes_two_officers_at_the_desk(at: datetime) -> None:
    fund = made.fund(at, holds=0)
    one, other = signed_in(made.finance_officer()), signed_in(made.finance_officer())
    add = reverse("admin:matching_deposit_add")
    assert one.post(add, {"fund": fund.pk, "amount": "1,250.50", "note": "Budget"}).status_code == 302
    deposit = Deposit.objects.get()
    assert deposit.amount_minor == 1_250_50
    assert "Somebody else has to confirm" in act(one, "deposit", "confirm_deposit", deposit).content.decode()
    act(other, "deposit", "confirm_deposit", deposit)
    assert made.balances(fund) == {"available": 1_250_50}


def test_campaigns_exclusions_challenges_and_holds_at_the_desk(at: datetime) -> None:
    officer = made.finance_officer()
    client = signed_in(officer)
    campaign = made.open_campaign(at)
    fund = made.fund(at)
    for model, sent in (
        ("allocation", {"fund": fund.pk, "campaign": campaign.pk}),
        ("exclusion", {"campaign": campaign.pk, "person": accounts.person().email, "reason": "Builds it."}),
        ("hold", {"campaign": campaign.pk, "reason": "An odd invoice."}),
    ):
        add = reverse(f"admin:{labelled(model)}_add")
        assert client.get(add).status_code == 200
        assert client.post(add, sent).status_code == 302, model
    assert (Allocation.objects.count(), Exclusion.objects.count()) == (1, 1)
    again = client.post(
        reverse("admin:matching_allocation_add"), {"fund": fund.pk, "campaign": campaign.pk}, follow=True
    )
    assert "takes part in the fund already" in again.content.decode()
    act(client, "hold", "clear", Hold.objects.get(), reason="It is fine.")
    assert Hold.objects.get().lifted_at


@pytest.mark.parametrize("group", ["programme-managers", "finance-officers"])
def test_who_runs_funds_can_fill_in_every_field_of_the_forms(group: str) -> None:
    client = signed_in(accounts.staff(group))
    campaign, person = draft_campaign(), accounts.person()
    typed = {"campaign": campaign.pk, "person": person.email, "reason": "A brother of the author."}
    assert person.email not in client.get("/admin/matching/exclusion/add/").content.decode()
    assert client.post("/admin/matching/exclusion/add/", typed).status_code == 302
    assert Exclusion.objects.get().person == person
    funder = {"app_label": "matching", "model_name": "matchfund", "field_name": "funder", "term": "a"}
    assert client.get("/admin/autocomplete/", funder).status_code == 200
