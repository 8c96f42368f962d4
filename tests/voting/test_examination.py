"""What the examiners of the second floor found about calls and votes; each test ends with the number of its finding."""

import io
import itertools
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from civic.accounts.models import Residency
from civic.core import clock, events
from civic.core.errors import Conflict, Invalid
from civic.notifications.models import Notification
from projects.calls import operations as call_operations
from projects.calls.forms import CallForm
from projects.calls.models import Call
from projects.calls.operations import Planned
from projects.calls.states import CallState
from projects.proposals import operations as project_operations
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from projects.voting import operations, publication
from projects.voting.models import PaperBallot, Poll
from tests.factories import accounts, calls, proposals, voting
from tests.voting.test_pabulib import file
from tests.voting.test_tally import recomputed

pytestmark = pytest.mark.django_db
KIND = Call.BallotKind
PAGES = ("ballot", "results")


def cancel(call: Call, *numbers: int, at=None) -> None:
    by_number = {project.ballot_number: project for project in voting.on_ballot(call)}
    for number in numbers:
        project_operations.cancel(
            actor=accounts.staff("programme-managers"),
            project=by_number[str(number)],
            reason="The land was sold",
            at=at or call.phases.get(kind="voting").starts_at,
        )


@pytest.mark.parametrize("cancelled", [(1,), (1, 2), (2, 3, 4), (1, 2, 3, 4)])
@pytest.mark.parametrize("most", [None, 4])
def test_rankings_are_counted_as_they_are_published_v1(client, cancelled, most):
    call = voting.voting_call(60, 60, 60, 60, ballot_kind=KIND.RANKING, ballot_max=most, tally_rule="greedy")
    for order in itertools.islice(itertools.permutations((1, 2, 3, 4)), 3, 20, 2):
        voting.cast(call, **{f"n{number}": place for place, number in enumerate(order, start=1)})
    cancel(call, *cancelled)
    tally = voting.decide(call)
    outcome, _document, digest = recomputed(tally)
    assert digest == tally.input_digest
    assert list(outcome.winners) == tally.trace["winners"]
    assert outcome.as_dict()["losses"] == [dict(loss) for loss in tally.trace["losses"]]
    for ballot in client.get(reverse("api:call-ballots", args=[call.slug])).json()["results"]:
        assert sorted(ballot["choices"].values()) == list(range(1, 5 - len(cancelled)))


def test_a_currency_that_is_none_is_stored_nowhere_v2(client, tmp_path):
    manager = accounts.staff("programme-managers")
    for code in ("eur", "€", "GPB", ""):
        call = calls.call(state=CallState.DRAFT)
        call.currency = code
        with pytest.raises(Invalid) as refused:
            call_operations.edit_call(actor=manager, call=call, at=clock.now())
        assert "currency" in refused.value.fields
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(currency=code)
    path = tmp_path / "some.pb"
    path.write_bytes(file(meta={"currency": "€"}))
    call_command("import_pb", path, call="imported", stdout=io.StringIO())
    imported = Call.objects.get(slug="imported")
    assert (imported.currency, "“€”" in imported.description) == ("EUR", True)
    for address in ("/", "/calls/", "/projects/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("fields", "starts", "words"),
    [
        ({}, timedelta(seconds=-1), "Voting must begin after"),
        ({}, timedelta(0), "Voting must begin after"),
        ({}, timedelta(days=-40), "is over already"),
        ({"budget_minor": 0}, timedelta(days=1), "say how much there is"),
    ],
)
def test_a_call_that_cannot_be_voted_is_not_opened_v3(at, fields, starts, words):
    manager, call = accounts.staff("programme-managers"), calls.call(None, state=CallState.DRAFT, **fields)
    plan = [Planned("voting", at + starts, at + starts + timedelta(days=7))]
    call_operations.set_phases(actor=manager, call=call, phases=plan, at=at)
    with pytest.raises(Invalid, match=words):
        call_operations.open_call(actor=manager, call=call, at=at)


def test_an_open_call_is_given_no_vote_that_has_begun_and_a_late_worker_still_draws_v3(at):
    manager, call = accounts.staff("programme-managers"), calls.call(None)
    with pytest.raises(Conflict, match="Voting must begin after"):
        call_operations.set_phases(
            actor=manager, call=call, phases=[Planned("voting", at, at + timedelta(days=7))], at=at
        )
    plan = [Planned("voting", at + timedelta(seconds=1), at + timedelta(days=7))]
    call_operations.set_phases(actor=manager, call=call, phases=plan, at=at)
    events.deliver_pending(at=at + timedelta(minutes=5))
    assert Poll.objects.get().call == call


def test_a_late_ballot_is_told_that_it_counts_nothing_v5(client, clock_at):
    call, person = voting.voting_call(10, 20), accounts.person()
    voting.cast(call, 1, person=person)
    over = voting.voting_over(call)
    clock_at.move_to(over)
    client.force_login(person)
    address = reverse("voting:ballot", args=[call.slug])
    data = {"choose": [str(project.pk) for project in voting.on_ballot(call)], "cast": "1"}
    said = client.post(address, data).content.decode()
    assert "not in its voting phase" in said
    assert "Nothing was counted of what you have just sent" in said
    assert "Your earlier ballot counts" in said
    assert "Nothing was counted" not in client.get(address).content.decode()


def test_a_cancelled_project_is_explained_to_its_voters_who_may_change_v6(client):
    call, person, other = voting.voting_call(10, 20), accounts.person(), accounts.person()
    voting.cast(call, 1, person=person)
    cancel(call, 1)
    events.deliver_pending(at=clock.now() + timedelta(minutes=1))
    told = Notification.objects.filter(kind="voting.project_cancelled")
    assert {person.pk, other.pk} <= set(told.values_list("person", flat=True))
    assert {notice.detail for notice in told} == {"The land was sold"}
    client.force_login(person)
    for name in ("ballot", "receipt"):
        said = client.get(reverse(f"voting:{name}", args=[call.slug])).content.decode()
        assert "Your ballot names a cancelled project" in said
    assert "does not count" in said
    voting.cast(call, 2, person=person)
    said = client.get(reverse("voting:receipt", args=[call.slug])).content.decode()
    assert "cancelled" not in said


def test_a_hidden_project_stays_on_the_ballot_without_its_text_v6(client):
    call = voting.voting_call(10, 20)
    hidden = voting.on_ballot(call)[0]
    Project.objects.filter(pk=hidden.pk).update(hidden_for="insult", title="Slander", pitch="More slander")
    client.force_login(accounts.person())
    said = client.get(reverse("voting:ballot", args=[call.slug])).content.decode()
    assert "lander" not in said
    assert "Project No. 1" in said
    assert str(hidden.pk) in said


def test_a_call_is_not_closed_past_papers_that_wait_v10():
    call = voting.voting_call(10)
    voting.papers_out(call, 1)
    manager, over = accounts.staff("programme-managers"), voting.voting_over(call)
    clerks = [accounts.staff("data-stewards") for _ in range(2)]
    paper = {"serial": "A-1", "choices": voting.choices(call, 1), "at": over}
    operations.enter_paper(actor=clerks[0], call=call, **paper)
    for end in (call_operations.close_call, call_operations.call_off):
        with pytest.raises(Conflict):
            end(actor=manager, call=call, reason="Enough", at=over)
    operations.enter_paper(actor=clerks[1], call=call, **paper)
    assert voting.decide(call).ballots == 1


def test_a_call_that_is_called_off_says_so_with_its_reason_v12(client):
    at = clock.now()
    call, manager = calls.call("review", at=at), accounts.staff("programme-managers")
    operations.prepare_poll(call=call, at=at)
    live = proposals.project(call, state=ProjectState.SHORTLISTED, ballot_number="1")
    supporter = proposals.support(live)[0].person
    with pytest.raises(Invalid):
        call_operations.call_off(actor=manager, call=call, reason=" ", at=at)
    call_operations.call_off(actor=manager, call=call, reason="The state pays instead", at=at)
    for minute in (1, 2):
        events.deliver_pending(at=at + timedelta(minutes=minute))
    live.refresh_from_db()
    assert live.state == ProjectState.CANCELLED
    told = Notification.objects.filter(topic=live.title)
    assert {live.author_id, supporter.pk} <= set(told.values_list("person", flat=True))
    client.force_login(supporter)
    for page in (call.get_absolute_url(), *(reverse(f"voting:{name}", args=[call.slug]) for name in PAGES)):
        said = client.get(page).content.decode()
        assert "The state pays instead" in said
        assert "being counted" not in said
        assert "Voting opens on" not in said
        assert "Voting runs from" not in said


def test_a_running_vote_does_not_end_earlier_than_announced_v8(at):
    call, manager = voting.voting_call(10, at=at), accounts.staff("programme-managers")
    plan = [Planned(phase.kind, phase.starts_at, phase.ends_at) for phase in call.ordered_phases()]
    place = next(place for place, phase in enumerate(plan) if phase.kind == "voting")
    plan[place] = plan[place]._replace(ends_at=at + timedelta(seconds=2))
    with pytest.raises(Conflict, match="can only be put off"):
        call_operations.set_phases(actor=manager, call=call, phases=plan, at=at)


def test_amounts_are_typed_in_units_at_the_desk_v8():
    form = CallForm(
        {"title": "A", "slug": "a", "summary": "A.", "currency": "EUR", "budget_minor": "100,000.50"}
    )
    form.is_valid()
    assert form.cleaned_data["budget_minor"] == 100_000_50
    call = calls.call(None, budget_minor=1_000_00)
    assert CallForm(instance=call).initial["budget_minor"] == "1000"


def test_a_paper_is_discarded_by_two_people_and_publicly_counted_v11(client):
    call = voting.voting_call(10)
    voting.papers_out(call, 2)
    voting.cast(call, 1)
    clerks, over = [accounts.staff("data-stewards") for _ in range(3)], voting.voting_over(call)
    kept = {"call": call, "choices": voting.choices(call, 1), "at": over}
    papers = [operations.enter_paper(actor=clerks[0], serial=serial, **kept) for serial in "AB"]
    for paper in papers:
        operations.refuse_paper(actor=clerks[0], paper=paper, reason="No stamp", at=over)
        with pytest.raises(Conflict, match="Somebody else"):
            operations.refuse_paper(actor=clerks[0], paper=paper, reason="No stamp", at=over)
        with pytest.raises(Conflict, match="Paper ballots still wait"):
            operations.close_voting(call=call, at=over)
    operations.refuse_paper(actor=clerks[1], paper=papers[0], reason="No stamp either", at=over)
    assert operations.enter_paper(actor=clerks[1], serial="B", **kept).state == "counted"
    voting.decide(call)
    assert (
        "1 of 2 handed out; 1 not valid"
        in client.get(reverse("voting:results", args=[call.slug])).content.decode()
    )
    papers_said = client.get(reverse("api:call-results", args=[call.slug])).json()["papers"]
    assert papers_said == {"out": 2, "counted": 1, "refused": 1}


def test_nothing_published_and_no_list_tells_which_ballot_came_on_paper_v8(client):
    call = voting.voting_call(10)
    voting.papers_out(call, 1)
    voting.cast(call, 1)
    for clerk in (accounts.staff("data-stewards"), accounts.staff("data-stewards")):
        paper = operations.enter_paper(
            actor=clerk, call=call, serial="A", choices=voting.choices(call, 1), at=voting.voting_over(call)
        )
    text = "".join(publication.pabulib_lines(voting.decide(call)))
    ballots = client.get(reverse("api:call-ballots", args=[call.slug])).json()["results"]
    assert "paper" not in text
    assert {frozenset(ballot) for ballot in ballots} == {frozenset({"receipt", "choices"})}
    client.force_login(accounts.superuser())
    shown = client.get(reverse("admin:voting_paperballot_change", args=[paper.pk])).content.decode()
    assert paper.ballot is None or paper.ballot.receipt[:12] not in shown
    assert PaperBallot.objects.get().ballot.receipt[:12] not in shown


def test_moving_between_two_districts_counts_once_v8():
    here, there = accounts.area(), accounts.area()
    verified = Call.Eligibility.VERIFIED
    first, second = (voting.voting_call(10, areas=[area], eligibility=verified) for area in (here, there))
    person = accounts.resident(here)
    voting.cast(first, 1, person=person)
    Residency.objects.filter(person=person).update(area=there)
    with pytest.raises(Conflict, match="where you lived before"):
        voting.cast(second, 1, person=person)
    voting.cast(second, 1, person=accounts.resident(there))
    voting.cast(voting.voting_call(10, eligibility=verified), 1, person=person)
