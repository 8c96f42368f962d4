"""The council's desk: who comes in, what they can do, and what nobody gets to see."""

import csv
from datetime import timedelta

import pytest
from django.urls import reverse

from civic.accounts import groups
from civic.core import clock
from civic.core.errors import Conflict
from civic.core.models import Event
from projects.calls.models import Call
from projects.voting.models import Ballot, PaperBallot, Tally
from projects.voting.operations import void_ballot
from projects.voting.operations.ballots import MOST_VOIDED
from tests.factories import accounts, voting
from tests.visiting import with_password

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:voting_paperballot_changelist")


@pytest.fixture
def call():
    made = voting.voting_call(10, 20)
    voting.papers_out(made, 3)
    return made


def signed_in(client, *groups):
    person = accounts.staff(*groups)
    with_password(client, person)
    return person


def enter(client, call, said, serial="A-7"):
    address = reverse("admin:voting_enter_paper", args=[call.slug])
    return client.post(address, {"serial": serial, "choices": said}, follow=True).content.decode()


def test_two_clerks_bring_a_paper_into_the_box(client, call):
    signed_in(client, "data-stewards")
    assert call.title in client.get(QUEUE).content.decode()
    assert "Somebody else enters it" in enter(client, call, "1 2")
    assert "You have entered this paper already" in enter(client, call, "1 2")
    signed_in(client, "programme-managers")
    queue = client.get(QUEUE).content.decode()
    assert "A-7" in queue
    assert "in the box" in enter(client, call, "2, 1")
    assert Ballot.objects.get().channel == "paper"


@pytest.mark.parametrize(
    ("said", "words"), [("9", "no number 9"), ("1 1", "stands there twice"), ("", "required")]
)
def test_a_slip_of_the_clerk_is_named(client, call, said, words):
    signed_in(client, "data-stewards")
    assert words in enter(client, call, said)
    assert not PaperBallot.objects.exists()


def test_points_and_ranks_are_typed_as_they_stand(client):
    points = voting.voting_call(10, 20, ballot_kind=Call.BallotKind.POINTS)
    ranks = voting.voting_call(10, 20, ballot_kind=Call.BallotKind.RANKING)
    for call in (points, ranks):
        voting.papers_out(call, 1)
    for _clerk in range(2):
        signed_in(client, "data-stewards")
        enter(client, points, "1=3 2=4")
        enter(client, ranks, "2 1", serial="B-1")
    lines = {
        (line.ballot.call_id, line.project.ballot_number): line.value
        for b in Ballot.objects.all()
        for line in b.lines.all()
    }
    assert lines == {(points.pk, "1"): 3, (points.pk, "2"): 4, (ranks.pk, "2"): 1, (ranks.pk, "1"): 2}


def test_a_moderator_has_no_business_with_ballots(client, call):
    signed_in(client, "moderators")
    assert client.get(QUEUE).status_code == 403
    assert client.get(reverse("admin:voting_enter_paper", args=[call.slug])).status_code == 403
    assert client.get(reverse("admin:voting_ballot_changelist")).status_code == 403


def test_voiding_a_ballot_asks_for_a_reason_and_keeps_it(client, call):
    voting.cast(call, 1)
    signed_in(client, "programme-managers")
    address = reverse("admin:voting_ballot_changelist")
    action = {"action": "void_ballot", "confirmed": "yes", "_selected_action": [str(Ballot.objects.get().pk)]}
    assert "Say why" in client.post(address, action | {"reason": ""}, follow=True).content.decode()
    assert Ballot.objects.live().exists()
    client.post(address, action | {"reason": "Cast under threat"}, follow=True)
    assert not Ballot.objects.live().exists()
    assert Event.objects.get(kind="ballot.voided").note == "Cast under threat"


def test_an_auditor_reads_and_changes_nothing(client, call):
    voting.cast(call, 1)
    signed_in(client, "auditors")
    address = reverse("admin:voting_ballot_changelist")
    data = {
        "action": "void_ballot",
        "confirmed": "yes",
        "_selected_action": [str(Ballot.objects.get().pk)],
        "reason": "x",
    }
    client.post(address, data, follow=True)
    assert Ballot.objects.live().exists()


def test_the_desk_shows_neither_the_seed_nor_what_ballots_say(client, call):
    voting.cast(call, 1)
    signed_in(client, "programme-managers")
    poll = client.get(reverse("admin:voting_poll_change", args=[call.pk])).content.decode()
    assert call.poll.seed not in poll
    ballot = client.get(
        reverse("admin:voting_ballot_change", args=[Ballot.objects.get().pk])
    ).content.decode()
    assert voting.on_ballot(call)[0].title not in ballot
    assert Ballot.objects.get().voter not in ballot


def test_sealing_from_the_desk_waits_until_voting_is_over(client, call, clock_at):
    address = reverse("admin:voting_poll_changelist")
    call = voting.voting_call(10)
    voting.cast(call, 1)
    signed_in(client, "programme-managers")
    data = {"action": "seal_and_count", "confirmed": "yes", "_selected_action": [str(call.pk)]}
    assert "Voting is not over yet" in client.post(address, data, follow=True).content.decode()
    assert not Tally.objects.exists()
    clock_at.move_to(voting.voting_over(call))
    signed_in(client, "programme-managers")
    client.post(address, data, follow=True)
    assert Tally.objects.get().call == call
    assert client.get(reverse("admin:voting_tally_changelist")).status_code == 200


def test_lists_take_as_many_statements_for_many_rows_as_for_few(client, django_assert_max_num_queries):
    signed_in(client, "programme-managers")
    for _number in range(4):
        voting.cast(voting.voting_call(10), 1)
    for name in ("poll", "ballot", "paperballot", "tally"):
        with django_assert_max_num_queries(14):
            client.get(reverse(f"admin:voting_{name}_changelist"))


def test_neither_list_nor_export_tells_in_which_order_people_voted(client, call):
    for _ in range(12):
        voting.cast(call, 1)
    client.force_login(accounts.superuser())
    in_order = list(Ballot.objects.order_by("receipt").values_list("receipt", flat=True))
    assert in_order != list(Ballot.objects.order_by("pk").values_list("receipt", flat=True))
    address = reverse("admin:voting_ballot_changelist")
    for order in ("", "?o=5", "?o=-5", "?o=4", "?o=-3.2"):
        shown = client.get(f"{address}{order}").context["cl"].result_list
        assert [ballot.receipt for ballot in shown] == in_order
    exported = b"".join(client.post(reverse("admin:voting_ballot_export"))).decode("utf-8-sig")
    assert [row["Fingerprint of the receipt"] for row in csv.DictReader(exported.splitlines())] == in_order


def test_nobody_empties_a_box_alone_1127_ax1() -> None:
    """A few doubts a day; more are a colleague's to look at."""
    call = voting.voting_call(10)
    for _ in range(MOST_VOIDED + 2):
        voting.cast(call, 1)
    manager, at = accounts.staff(groups.PROGRAMME_MANAGERS), clock.now()
    first, *rest = Ballot.objects.live()
    for ballot in [first, *rest[: MOST_VOIDED - 1]]:
        void_ballot(actor=manager, ballot=ballot, reason="Cast under threat", at=at)
    with pytest.raises(Conflict, match="as one person may in a day"):
        void_ballot(actor=manager, ballot=rest[-1], reason="Cast under threat", at=at)
    void_ballot(actor=accounts.staff(groups.PROGRAMME_MANAGERS), ballot=rest[-1], reason="Also.", at=at)
    void_ballot(actor=manager, ballot=rest[-2], reason="The day after.", at=at + timedelta(days=1, hours=1))
    assert Ballot.objects.live().count() == 0
