"""Somebody who has used the whole site leaves: no trace of who it was, and every public figure as before."""

import pytest
from allauth.account.models import EmailAddress

from civic.accounts import operations
from civic.accounts.models import Person
from civic.core import clock, events, seals
from marketplace.ledger.models import RootSubscriber
from projects.discussion.models import Comment
from projects.proposals.models import Project
from projects.voting.models import Ballot
from tests.accounts.test_privacy import TRACES, tables_with
from tests.factories import accounts as make
from tests.factories import discussion, proposals, voting
from tests.mail import delivered

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    """A busy resident whose name, address and private words stand nowhere else in the database."""
    busy = make.person("zorblatt@example.org", name="Zorblatt Quuxington", about="I am Zorblatt.")
    make.residency(busy)
    public, draft = (
        proposals.project(author=busy),
        proposals.complete_draft(author=busy, title="Flimflamgasse"),
    )
    proposals.picture(draft, alt="Quuxington's garden")
    others = proposals.project()
    proposals.member(others, busy)
    proposals.support(others, busy)
    discussion.follow(others, busy)
    opening = discussion.comment(others, author=busy, body="More trees, please.")
    discussion.comment(parent=opening, author=make.person())
    discussion.comment(public, author=make.person())
    events.deliver_pending()
    return busy


@pytest.fixture
def vote(person):
    call = voting.voting_call(60, 30, 20)
    voting.cast(call, 1, 2, person=person)
    voting.cast(call, 2, 3)
    return call


def test_no_identifier_is_left_and_the_chain_holds(person):
    assert tables_with("zorblatt")
    operations.erase_person(person=person, at=clock.now())
    assert delivered()[-1].to == ["zorblatt@example.org"]  # the last letter; the outbox forgets to whom
    assert {trace: tables_with(trace) for trace in TRACES} == {trace: [] for trace in TRACES}
    seals.seal(at=clock.now())
    assert seals.verify() == 1


def test_what_belongs_to_all_stays_without_the_name(person):
    comments, projects = Comment.objects.count(), Project.objects.public().count()
    operations.erase_person(person=person, at=clock.now())
    assert Comment.objects.count() == comments
    assert Project.objects.public().count() == projects
    assert not Project.objects.filter(title="Flimflamgasse").exists()
    assert not Project.objects.filter(author=person).exists()
    assert not Comment.objects.filter(author=person).exists()


def test_a_cast_ballot_counts_and_the_tally_is_the_same(person, vote):
    before = list(Ballot.objects.order_by("pk").values_list("pk", "voter", "state"))
    operations.erase_person(person=person, at=clock.now())
    assert list(Ballot.objects.order_by("pk").values_list("pk", "voter", "state")) == before
    assert voting.decide(vote).ballots == 2


def test_pages_with_what_they_wrote_still_answer(person, client):
    comment = Comment.objects.get(author=person)
    project = Project.objects.public().get(author=person)
    operations.erase_person(person=person, at=clock.now())
    for url in (project.get_absolute_url(), comment.get_absolute_url(), comment.project.get_absolute_url()):
        page = client.get(url, follow=True)
        assert page.status_code == 200
        assert "Zorblatt" not in page.content.decode()


def test_their_copy_names_what_every_slice_holds(person, vote, at):
    export = operations.request_export(actor=person, at=at)
    operations.build_export(export_id=export.pk, at=at)
    export.refresh_from_db()
    assert export.progress == 100
    assert Person.objects.get(pk=person.pk).erased_at is None


def test_erasure_finds_every_proven_address_and_no_claimed_one_i12(person):
    for email, verified in (("second@example.org", True), ("stranger@example.org", False)):
        EmailAddress.objects.create(user=person, email=email, verified=verified)
        RootSubscriber.objects.create(address=email)
    operations.erase_person(person=person, at=clock.now())
    assert not tables_with("second@example.org")
    assert RootSubscriber.objects.get().address == "stranger@example.org"
