"""The public list and page: what is shown to whom, how often the database is asked, what is escaped."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from civic.accounts import groups
from civic.core import clock
from projects.calls.models import Call
from projects.proposals import operations
from projects.proposals.models import Project, Support, TeamMember
from projects.proposals.states import PRIVATE, ProjectState
from tests.factories import accounts, calls, proposals
from tests.visiting import statements

pytestmark = pytest.mark.django_db

XSS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 1237*7919 }}",
    "';--",
]


def filled(project: Project, size: int) -> Project:
    """The project with `size` of everything that belongs to it."""
    people = accounts.people(size)
    proposals.support(project, *people)
    TeamMember.objects.bulk_create(
        TeamMember(project=project, person=person, role="Helper", accepted_at=clock.now())
        for person in people
    )
    for _ in range(size):
        proposals.goal(project)
        proposals.picture(project)
        project.cost_lines.create(label="Something", amount_minor=100)
    return project


@pytest.mark.parametrize(
    "view", ["", "?sort=supported", "?sort=ending", "?q=idea", "?view=map", "?theme=green&stage=open"]
)
def test_the_list_asks_as_often_for_many_projects(client: Client, view: str) -> None:
    call = calls.call()
    proposals.projects(3, call)
    few = statements(client, f"/projects/{view}")
    proposals.projects(40, call)
    assert statements(client, f"/projects/{view}") == few <= 8
    client.force_login(accounts.person())
    assert statements(client, f"/projects/{view}") <= 14


def test_a_page_asks_as_often_for_a_large_project(client: Client) -> None:
    call = calls.call()
    small, large = (
        filled(proposals.project(call), 1),
        filled(proposals.project(call, latitude=53, longitude=6), 9),
    )
    few = statements(client, small.get_absolute_url())
    assert (
        statements(client, large.get_absolute_url()) <= few + 1 <= 8
    )  # a spot on the map needs the districts
    client.force_login(accounts.person())
    assert statements(client, large.get_absolute_url()) <= 14
    assert large.author
    client.force_login(large.author)
    assert statements(client, large.get_absolute_url()) <= 14


def test_nothing_of_an_anonymous_page_is_personal_or_sets_a_cookie(client: Client) -> None:
    project = proposals.project()
    for address in ("/projects/", project.get_absolute_url(), project.call.get_absolute_url(), "/calls/"):
        answer = client.get(address)
        assert not answer.cookies, address
        assert "csrfmiddlewaretoken" not in answer.content.decode()


@pytest.mark.parametrize("state", PRIVATE)
def test_what_is_not_open_is_for_its_team_and_the_city(client: Client, state: str) -> None:
    project = proposals.project(state=state, title="Secret garden")
    assert client.get(project.get_absolute_url()).status_code == 404
    for stranger in (accounts.person(), accounts.staff(groups.MODERATORS)):
        client.force_login(stranger)
        assert client.get(project.get_absolute_url()).status_code == 404
        assert "Secret garden" not in client.get("/projects/").content.decode()
    for known in (project.author, proposals.member(project).person):
        client.force_login(known)  # type: ignore[arg-type]
        assert client.get(project.get_absolute_url()).status_code == 200
    # What is not submitted yet is its team's alone.
    client.force_login(accounts.staff(groups.PROGRAMME_MANAGERS))
    assert client.get(project.get_absolute_url()).status_code == (404 if state == ProjectState.DRAFT else 200)


@pytest.mark.parametrize("state", [state for state in ProjectState if state not in PRIVATE])
def test_every_public_state_has_a_page(client: Client, state: str) -> None:
    project = proposals.project(state=state)
    page = client.get(project.get_absolute_url())
    assert page.status_code == 200
    assert str(ProjectState(state).label).capitalize() in page.content.decode()


@pytest.mark.parametrize("text", XSS)
def test_text_of_people_is_no_html(client: Client, text: str) -> None:
    project = proposals.project(title=text, pitch=text, story=f"{text}\n\n- {text}", place=text)
    proposals.goal(project, name=text, brings=text, wants=text)
    project.cost_lines.create(label=text, amount_minor=1)
    for address in (
        "/projects/",
        project.get_absolute_url(),
        project.call.get_absolute_url(),
        "/projects/?view=map",
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page
        assert str(1237 * 7919) not in page


def test_strange_titles_get_addresses() -> None:
    call, author = calls.call(), accounts.person()
    titles = ["Ein Dach für Łódź", "屋根", "🌳🌳", "new", "covers", "a" * 120, "shade", "Shade!"]
    made = [operations.begin(actor=author, call=call, title=title, at=clock.now()) for title in titles]
    slugs = [project.slug for project in made]
    assert len(set(slugs)) == len(titles)
    assert not {"new", "covers", ""} & set(slugs)


def test_support_is_offered_by_a_link_to_strangers(client: Client) -> None:
    project = proposals.project()
    page = client.get(project.get_absolute_url()).content.decode()
    assert f"next={project.get_absolute_url()}" in page
    client.force_login(accounts.person())
    assert "I want this" in client.get(project.get_absolute_url()).content.decode()


def test_an_ended_project_says_why_nothing_can_be_done(client: Client) -> None:
    client.force_login(accounts.person())
    page = client.get(proposals.project(state=ProjectState.UNFUNDED).get_absolute_url()).content.decode()
    assert "It did not win the vote" in page
    assert "I want this" not in page


def test_the_author_reads_the_reason_and_finds_the_way_back(client: Client) -> None:
    project = proposals.project(state=ProjectState.SUBMITTED)
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    operations.return_for_changes(
        actor=manager, project=project, reason="Who waters the trees?", at=clock.now()
    )
    client.force_login(project.author)  # type: ignore[arg-type]
    page = client.get(project.get_absolute_url()).content.decode()
    assert "Who waters the trees?" in page
    assert "Mend and hand in again" in page
    assert "came back from review" in client.get("/me/").content.decode()


def test_reasons_of_a_review_are_not_public(client: Client) -> None:
    project, at = proposals.complete_draft(), clock.now()
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    operations.submit(actor=project.author, project=project, at=at)
    operations.return_for_changes(actor=manager, project=project, reason="Ms Petrova objects.", at=at)
    operations.submit(actor=project.author, project=project, at=at)
    operations.open_project(actor=manager, project=project, at=at)
    page = client.get(project.get_absolute_url()).content.decode()
    assert "Returned for changes" in page
    assert "Petrova" not in page


def test_earlier_versions_stay_between_author_and_city(client: Client) -> None:
    project, at = proposals.complete_draft(story="My neighbour Mr Roth is to blame. " * 5), clock.now()
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    operations.submit(actor=project.author, project=project, at=at)
    operations.return_for_changes(actor=manager, project=project, reason="No names.", at=at)
    operations.describe(
        actor=project.author, project=project, fields={"story": "The wall is broken. " * 6}, at=at
    )
    operations.submit(actor=project.author, project=project, at=at)
    operations.open_project(actor=manager, project=project, at=at + timedelta(hours=1))
    address = f"{project.get_absolute_url()}changes/"
    assert "Roth" not in client.get(address).content.decode()
    client.force_login(project.author)  # type: ignore[arg-type]
    assert "Roth" in client.get(address).content.decode()


def test_search_forgives_typing(client: Client) -> None:
    wanted = proposals.project(title="Bicycle workshop for Northfield", pitch="Mend it yourself.")
    accented = proposals.project(title="Café für alle", pitch="Coffee and company.")
    proposals.project(title="A ladder into the Linn", pitch="Swim.")
    for words in ("bycicle", "bicycl workshop", "norhtfield"):
        found = client.get("/projects/", {"q": words}).content.decode()
        assert wanted.title in found, words
        assert "A ladder" not in found, words
    assert accented.title in client.get("/projects/", {"q": "cafe fur"}).content.decode()


def test_what_is_found_is_public(client: Client) -> None:
    proposals.project(title="Hidden bicycle", hidden_for="spam")
    proposals.project(title="Draft bicycle", state=ProjectState.DRAFT)
    page = client.get("/projects/", {"q": "bicycle"}).content.decode()
    assert "No project matches" in page


@pytest.mark.parametrize(
    "query",
    ["after=%00", "after=x", "after=AAAA", "sort=nonsense", "theme=zzz", "area='%20or%201=1", "q=%25%27%22%00",
     "view=map&q=%5C", "q=" + "a" * 5000, "sort=ending&after=a~b~c",
     "sort=supported&after=WyJ4IiwgInkiXQ==", "q=tree&after=-1"],
)  # fmt: skip
def test_nonsense_in_the_address_never_breaks_the_list(client: Client, query: str) -> None:
    proposals.project()
    assert client.get(f"/projects/?{query}").status_code in (200, 422)


@pytest.mark.parametrize("sort", ["newest", "supported", "ending"])
def test_pages_follow_without_gaps_or_repeats(sort: str, at: datetime) -> None:
    from projects.proposals.queries import Filters, listed

    voting, proposing = calls.call(phase="voting", at=at), calls.call(at=at - timedelta(days=2))
    for call, state in ((voting, ProjectState.SHORTLISTED), (proposing, ProjectState.OPEN)):
        for project in proposals.projects(13, call, state=state, opened_at=at):
            Support.objects.bulk_create(
                Support(project=project, person=p) for p in accounts.people(project.pk.int % 3)
            )
    operations.roll_up(at=at)
    seen: list[Project] = []
    after = ""
    while True:
        page = listed(Filters(sort=sort), at=at, after=after, size=5)
        seen += page.items
        after = page.next
        if not after:
            break
    assert len(seen) == len({project.pk for project in seen}) == 26
    if sort == "ending":
        assert [project.call_id for project in seen] == [proposing.pk] * 13 + [voting.pk] * 13
    if sort == "supported":
        counts = [project.supporters for project in seen]  # type: ignore[attr-defined]
        assert counts == sorted(counts, reverse=True)


def test_filters_narrow_and_can_be_taken_back(client: Client) -> None:
    harbour = accounts.area("Harbour", parent=accounts.area("City"))
    call: Call = calls.call()
    proposals.project(call, title="Quay lights", theme="culture", area=harbour)
    proposals.project(call, title="Bee hotel", theme="green")
    page = client.get("/projects/", {"theme": "culture", "area": harbour.slug}).content.decode()
    assert "Quay lights" in page
    assert "Bee hotel" not in page
    assert f'href="?area={harbour.slug}&amp;sort=newest"' in page or f'href="?area={harbour.slug}"' in page


def test_the_drawn_cover_is_asked_for_once(client: Client) -> None:
    project = proposals.project()
    answer = client.get(project.drawn_cover)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    again = client.get(project.drawn_cover, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert client.get(f"{project.get_absolute_url()}cover.svg").headers["Location"] == project.drawn_cover
