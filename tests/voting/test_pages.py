"""The pages as a browser without JavaScript sees them."""

import hashlib
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.calls.models import Call
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from projects.voting import operations
from projects.voting.models import Ballot
from projects.voting.secrecy import fingerprint, receipt_code
from tests.factories import accounts, voting

pytestmark = pytest.mark.django_db
KIND = Call.BallotKind


def page(name: str, call: Call) -> str:
    return reverse(f"voting:{name}", kwargs={"slug": call.slug})


@pytest.fixture
def call():
    return voting.voting_call(10, 20, 80, ballot_max=2)


@pytest.fixture
def voter(client):
    person = accounts.person()
    client.force_login(person)
    return person


def chosen(call, *numbers):
    return {"choose": [str(key) for key in voting.choices(call, *numbers)]}


def valued(call, **values):
    return {f"value-{key}": str(value) for key, value in voting.choices(call, **values).items()}


def test_strangers_are_asked_to_sign_in_and_come_back(client, call):
    response = client.get(page("ballot", call))
    assert response.status_code == 302
    assert "next=" in response["Location"]


def test_the_ballot_is_looked_over_then_cast_then_receipted(client, call, voter):
    paper = client.get(page("ballot", call)).content.decode()
    assert "Choose up to 2 projects" in paper
    look = client.post(page("ballot", call), chosen(call, 1, 2) | {"review": "1"})
    assert "Look over your ballot" in look.content.decode()
    assert "a receipt that shows that you voted, and to nobody how" in look.content.decode()
    assert not Ballot.objects.exists()
    response = client.post(page("ballot", call), chosen(call, 1, 2) | {"cast": "1"})
    assert response["Location"] == page("receipt", call)
    receipt = client.get(response["Location"]).content.decode()
    assert receipt_code(Ballot.objects.get().pk) in receipt


@pytest.mark.parametrize("pressed", ["review", "cast"])
@pytest.mark.parametrize(
    ("fields", "sent", "words"),
    [
        ({"ballot_max": 1}, {"numbers": [1, 2]}, "names more than is allowed"),
        ({"ballot_kind": KIND.BASKET}, {"numbers": [2, 3, 1]}, "costs more than the budget"),
        ({"ballot_kind": KIND.POINTS}, {"n1": 9, "n2": 9}, "names more than is allowed"),
        ({"ballot_kind": KIND.POINTS}, {"n1": "many"}, "is not a whole number"),
        ({"ballot_kind": KIND.POINTS}, {"n1": "9" * 40}, "is not a whole number"),
        ({"ballot_kind": KIND.RANKING}, {"n1": 2, "n2": 2}, "each place once"),
        ({}, {}, "at least one project"),
        ({}, {"raw": {"choose": ["x"]}}, "no longer on the ballot"),
        ({}, {"raw": {"choose": ["00000000-0000-0000-0000-000000000000"]}}, "no longer on the ballot"),
    ],
)
def test_a_refused_ballot_says_why_and_keeps_what_was_chosen(client, voter, fields, sent, words, pressed):
    call = voting.voting_call(10, 20, 80, **fields)
    data = sent.get("raw") or (chosen(call, *sent["numbers"]) if "numbers" in sent else valued(call, **sent))
    shown = client.post(page("ballot", call), data | {pressed: "1"}).content.decode()
    assert words in shown
    assert not Ballot.objects.exists()
    if "numbers" in sent:
        assert shown.count(" checked") == len(sent["numbers"])
    if "n1" in sent:
        assert f'value="{sent["n1"]}"' in shown


@pytest.mark.parametrize("kind", KIND.values)
def test_every_kind_of_ballot_can_be_cast_and_changed(client, voter, kind):
    call = voting.voting_call(10, 20, 30, ballot_kind=kind)
    by_choice = kind in (KIND.APPROVAL, KIND.BASKET)
    data = chosen(call, 2) if by_choice else valued(call, n2=1)
    assert client.post(page("ballot", call), data | {"cast": "1"}).status_code == 302
    again = client.get(page("ballot", call)).content.decode()
    assert "You have voted already" in again
    assert " checked" in again or " selected" in again or 'value="1"' in again


@pytest.mark.parametrize("button", ["find", "page", "change"])
def test_a_page_turn_keeps_the_notices_of_the_ballot_1127_r7(client, call, voter, button):
    client.post(page("ballot", call), chosen(call, 1, 2) | {"cast": "1"})
    Project.objects.filter(pk=chosen(call, 1)["choose"][0]).update(state="cancelled")
    shown = client.post(page("ballot", call), chosen(call, 2) | {button: "1"}).content.decode()
    assert "You have voted already. What you cast now replaces it." in shown
    assert "Your ballot names a cancelled project" in shown


def test_who_may_not_vote_is_told_why(client, voter):
    call = voting.voting_call(10, eligibility=Call.Eligibility.VERIFIED)
    assert "Confirm that you live here first" in client.get(page("ballot", call)).content.decode()
    response = client.post(page("ballot", call), chosen(call, 1) | {"cast": "1"})
    assert (
        "You may not vote in this call" in response.content.decode() or "Confirm" in response.content.decode()
    )
    assert not Ballot.objects.exists()


def test_who_is_confirmed_and_may_not_vote_reads_the_true_reason_1127_rb11(client, voter):
    """Confirming again, which a button offered to everybody, would have brought them back here."""
    accounts.residency(voter, accounts.area(name="Old Town"))
    harbour = accounts.area(name="Harbour")
    elsewhere = voting.voting_call(10, eligibility=Call.Eligibility.VERIFIED, areas=[harbour])
    shown = client.get(page("ballot", elsewhere)).content.decode()
    assert "You live in another district" in shown
    assert "people who live in Harbour vote" in shown
    grown = voting.voting_call(10, eligibility=Call.Eligibility.VERIFIED, minimum_age=60)
    assert "does not know your date of birth" in client.get(page("ballot", grown)).content.decode()
    voter.residencies.update(born="1999-01-01")
    assert "people of 60 years and older" in client.get(page("ballot", grown)).content.decode()


def test_before_and_after_voting_the_ballot_says_when(client, voter, clock_at, at):
    call = voting.voting_call(10, at=at)
    phase = call.phases.get(kind="voting")
    clock_at.move_to(phase.starts_at.replace(year=2025))
    assert "Voting has not begun" in client.get(page("ballot", call)).content.decode()
    clock_at.move_to(phase.ends_at)
    client.force_login(voter)
    assert "Voting is over" in client.get(page("ballot", call)).content.decode()


def test_nobody_sees_anybody_elses_receipt(client, call, voter):
    voting.cast(call, 1)
    assert client.get(page("receipt", call))["Location"] == page("ballot", call)


def test_the_bearer_of_a_code_never_learns_whether_its_ballot_counts_i13(client, call):
    person = accounts.person()
    first, last = voting.cast(call, 1, person=person), voting.cast(call, 2, person=person)

    def check(code):
        page = client.post(reverse("voting:check"), {"code": code}).content.decode()
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", page)
        return page.replace(code, "")

    assert "In the box" in check(first)
    assert check(first) == check(last)
    assert "No ballot with this code" in check("AAAA-BBBB")
    voting.decide(call)
    assert check(first) == check(last)
    # Nor by the published list: nothing that is made of the code alone stands in it.
    published = b"".join(client.get(page("ballots-pb", call))).decode()
    published += client.get(f"/api/v1/calls/{call.slug}/ballots/").content.decode()
    bare = last.replace("-", "")
    hashes = [
        getattr(hashlib, name)(text.encode()).hexdigest()
        for name in ("md5", "sha1", "sha256")
        for text in (last, bare)
    ]
    assert not [one for one in (last, bare, *hashes) if one.lower() in published.lower()]


def test_the_receipt_says_what_it_proves_and_shows_the_list_only_when_it_is_there_i13(client, call, voter):
    code = voting.cast(call, 1, person=voter)
    client.force_login(voter)
    before = client.get(page("receipt", call)).content.decode()
    assert "It proves to nobody that this ballot counts" in before
    assert fingerprint(code) not in before
    voting.decide(call)
    assert fingerprint(code) in client.get(page("receipt", call)).content.decode()


def test_nothing_of_the_stand_is_shown_while_people_vote(client, call):
    voting.cast(call, 1)
    shown = client.get(page("results", call)).content.decode()
    assert "Voting is under way" in shown
    assert client.get(page("ballots-pb", call)).status_code == 404
    assert client.get(f"/api/v1/calls/{call.slug}/results/").status_code == 404
    assert client.get(f"/api/v1/calls/{call.slug}/ballots/").status_code == 404


def test_results_say_who_won_and_why_the_others_did_not(client):
    call = voting.voting_call(60, 61, 200, 10, tally_rule=Call.TallyRule.GREEDY)
    voting.cast(call, 1, 3)
    voting.cast(call, 1, 2)
    voting.decide(call)
    shown = client.get(page("results", call)).content.decode()
    assert "1 project was chosen" in shown
    assert "the money left was €21 short of its cost. 2 more votes would have been enough." in shown
    assert "It costs more than the whole budget of this call." in shown
    assert "Nobody voted for it." in shown


def test_results_by_equal_shares_count_in_shares(client):
    call = voting.voting_call(50, 60, tally_rule=Call.TallyRule.EQUAL_SHARES)
    for number in (1, 1, 2, 2):
        voting.cast(call, number)
    voting.decide(call)
    shown = client.get(page("results", call)).content.decode()
    assert "€25 each at most" in shown
    assert (
        "fall €2 short of its cost. Had every share been €1 higher, they would have paid for it; "
        "with €1 less they would not." in shown
    )


def test_downloads_give_the_election_and_the_rows(client, call):
    voting.cast(call, 1)
    voting.decide(call)
    pb = client.get(page("ballots-pb", call))
    assert pb["Content-Disposition"].startswith("attachment")
    assert b"".join(pb.streaming_content).startswith(b"META\nkey;value\n")
    rows = b"".join(client.get(page("results-csv", call)).streaming_content).decode().splitlines()
    assert rows[0].startswith("number,project,url,won")
    assert len(rows) == 4


def test_a_title_that_is_a_formula_stays_text(client):
    call = voting.voting_call(10)
    project = voting.on_ballot(call)[0]
    type(project).objects.filter(pk=project.pk).update(title="=1+1")
    voting.cast(call, 1)
    voting.decide(call)
    assert b"'=1+1" in b"".join(client.get(page("results-csv", call)).streaming_content)


def test_the_api_gives_results_ballots_and_ones_own(client, call, voter):
    code = voting.cast(call, 1, 2, person=voter)
    own = client.get("/api/v1/me/ballots/").json()["results"]
    assert own[0]["receipt_code"] == code
    voting.decide(call)
    result = client.get(f"/api/v1/calls/{call.slug}/results/").json()
    assert result["results"][0]["explanation"]
    ballots = client.get(f"/api/v1/calls/{call.slug}/ballots/").json()["results"]
    assert ballots == [{"receipt": Ballot.objects.get().receipt, "choices": {"1": 1, "2": 1}}]
    client.logout()
    assert client.get("/api/v1/me/ballots/").status_code == 401


def test_the_api_leaves_out_of_ballots_what_the_published_file_does(client, call, voter):
    voting.cast(call, 1, 2, person=voter)
    Project.objects.filter(call=call, ballot_number=2).update(state=ProjectState.CANCELLED)
    voting.decide(call)
    (ballot,) = client.get(f"/api/v1/calls/{call.slug}/ballots/").json()["results"]
    assert ballot["choices"] == {"1": 1}


def statements(client, address, data=None) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.post(address, data) if data else client.get(address)
    assert response.status_code in (200, 302)
    return len(captured)


def test_casting_takes_at_most_six_statements(client, call, voter):
    data = chosen(call, 1, 2) | {"cast": "1"}
    assert statements(client, page("ballot", call), data) <= 6
    assert statements(client, page("ballot", call), data) <= 6


def test_pages_take_as_many_statements_for_many_rows_as_for_few(client, voter):
    few, many = voting.voting_call(*[1] * 3), voting.voting_call(*[1] * 30)
    for call in (few, many):
        voting.cast(call, 1, 2, person=voter)
    for name in ("ballot", "receipt"):
        taken = [statements(client, page(name, call)) for call in (few, many)]
        assert taken[0] == taken[1] <= 14, name
    for call in (few, many):
        voting.decide(call)
    client.logout()
    taken = [statements(client, page("results", call)) for call in (few, many)]
    assert taken[0] == taken[1] <= 8


def test_me_shows_what_waits_and_then_the_receipt(client, call, voter):
    assert f"Vote in “{call.title}”" in client.get("/me/").content.decode()
    voting.cast(call, 1, person=voter)
    shown = client.get("/me/").content.decode()
    assert f"Vote in “{call.title}”" not in shown
    assert page("receipt", call) in shown


def test_the_call_and_its_projects_show_the_vote(client, call, voter):
    project = voting.on_ballot(call)[0]
    assert "Fill in my ballot" in client.get(call.get_absolute_url()).content.decode()
    shown = client.get(project.get_absolute_url()).content.decode()
    assert "Number 1 on the ballot" in shown
    assert f'href="{page("ballot", call)}">To the ballot' in shown
    voting.cast(call, 1, person=voter)
    assert "Change my ballot" in client.get(call.get_absolute_url()).content.decode()
    voting.decide(call)
    assert "why each project won or lost" in client.get(call.get_absolute_url()).content.decode()
    assert "All results, and how they were counted" in client.get(project.get_absolute_url()).content.decode()
    client.logout()
    assert client.get(call.get_absolute_url()).status_code == 200


def test_the_count_shows_how_far_it_is_and_then_leads_to_the_result(client, call):
    voting.cast(call, 1)
    end = voting.voting_over(call)
    operations.close_voting(call=Call.objects.get(pk=call.pk), at=end)
    assert "The ballots are being counted" in client.get(page("results", call)).content.decode()
    bar = client.get(page("results", call), {"progress": "1"}).content.decode()
    assert "<progress" in bar
    assert "<html" not in bar
    operations.run_tally(call=Call.objects.get(pk=call.pk), at=end)
    assert client.get(page("results", call), {"progress": "1"})["HX-Redirect"] == page("results", call)
