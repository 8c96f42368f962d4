"""Search forgives typing errors, shows nothing that is not public, and answers whatever is typed."""

import re

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from civic.accounts.states import OrganisationState
from civic.core.search import LONGEST_QUERY, clean, spans
from civic.core.templatetags.site import marked
from civic.pages import operations
from projects.calls.states import CallState
from projects.proposals.queries.listing import search_projects
from projects.proposals.states import ProjectState
from tests.factories import accounts, calls, pages, proposals

pytestmark = pytest.mark.django_db


def found(client: Client, query: str, **more: str) -> str:
    response = client.get("/search/", {"q": query, **more})
    assert response.status_code == 200
    return response.content.decode()


def test_all_kinds_are_found_and_grouped(client: Client) -> None:
    home = pages.tree()
    call = calls.call("voting", title="Larch neighbourhood budget")
    proposals.project(call, title="Safe crossing on Larch Road")
    accounts.organisation(name="Friends of Larch Road")
    pages.story(home, title="Three hundred children on Larch Road")
    operations.write_page(parent=home, slug="larch", title="Larch Road works", lead="Where and when.")
    page = found(client, "larch")
    places = [
        page.index(f'id="found-{kind}"')
        for kind in ("projects", "calls", "stories", "pages", "organisations")
    ]
    assert places == sorted(places)
    assert page.count("<mark>Larch</mark>") == 5


@pytest.mark.parametrize("typed", ["crossing", "crosing", "krossing", "CROSSING", "safe crosing larch"])
def test_typing_errors_do_no_harm(client: Client, typed: str) -> None:
    project = proposals.project(title="Safe crossing on Larch Road")
    assert project.get_absolute_url() in found(client, typed)


def test_accents_do_not_matter(client: Client) -> None:
    proposals.project(title="Café für alle")
    assert "<mark>Café</mark>" in found(client, "cafe fur")


def test_words_of_a_text_are_found(client: Client) -> None:
    pages.tree()
    assert "Confirming where you live" in found(client, "passport")
    assert "Voting and counting" in found(client, "ties are decided by lot")


STORY = "Every spring the swifts come back to the gasometer, and nobody has anywhere to sit and watch them."


@pytest.mark.parametrize(
    "typed", ["gasometer", "Gasométer", "swift gasometer", "the swifts come", "sit watch", "gasom"]
)
def test_the_words_of_a_projects_story_are_found(client: Client, typed: str) -> None:
    project = proposals.project(title="A place by the river", story=STORY)
    proposals.project(title="Another place", story="Something else altogether, with benches.")
    for address in ("/search/", "/projects/"):
        page = client.get(address, {"q": typed}).content.decode()
        assert project.get_absolute_url() in page, address
        assert "Another place" not in page, address


@pytest.mark.parametrize("typed", ["gasometre", "gasometer rocket", "the"])
def test_a_story_is_found_by_all_of_its_words_as_they_stand(client: Client, typed: str) -> None:
    project = proposals.project(title="A place by the river", story=STORY.replace("the ", "The "), pitch="")
    hidden = project.get_absolute_url() not in found(client, typed)
    assert hidden == (typed != "the")


def test_a_title_comes_before_a_story_and_a_story_before_a_faint_likeness(client: Client) -> None:
    told = proposals.project(title="A place by the river", story=STORY)
    named = proposals.project(title="Gasometer lights")
    faint = proposals.project(title="Gasolene meadow")
    assert search_projects("gasometer")[:2] == [named.pk, told.pk]
    assert faint.pk not in search_projects("gasometer")


@pytest.mark.parametrize(
    "query", ["\\", "'", "it's \\'s", "':*", "a' | 'b", "b & !a", "fo:ur", "/usr/lib\\x"]
)
def test_nothing_of_a_query_is_taken_for_an_operator(client: Client, query: str) -> None:
    project = proposals.project(title="Title", story=f"Before {query} after")
    assert client.get("/search/", {"q": f"before {query}"}).status_code == 200
    assert project.pk in search_projects("before after")


def test_a_word_of_stories_is_looked_up_in_its_index() -> None:
    """However common the word is: no story is read, and no other index walked through."""
    call = calls.call("voting")
    proposals.projects(300, call, story=STORY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE proposals_project")
        # The columns that the search reads today: a later version of its function may read more.
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'proposals_search'")
        [columns] = re.findall(r"proposals_words\((project\..*?)\) @@", cursor.fetchone()[0])
        cursor.execute(
            f"EXPLAIN SELECT id FROM proposals_project AS project "
            f"WHERE proposals_words({columns}) @@ proposals_words_query(%s) AND opened_at IS NOT NULL LIMIT 600",
            ["gasometer"],
        )
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "Bitmap Index Scan on proposals_project_story" in plan


def test_what_is_not_public_is_never_found(client: Client) -> None:
    home = pages.tree()
    for state in (ProjectState.DRAFT, ProjectState.SUBMITTED, ProjectState.RETURNED, ProjectState.REJECTED):
        proposals.project(state=state, title="Zeppelin harbour", story="A zeppelin for all.")
    calls.call("proposals", title="Zeppelin call", state=CallState.DRAFT)
    accounts.organisation(name="Zeppelin club", state=OrganisationState.SUSPENDED)
    pages.story(home, title="Zeppelin story").unpublish()
    author = proposals.project(state=ProjectState.DRAFT, title="Zeppelin of mine").author
    assert author is not None
    client.force_login(author)
    page = found(client, "zeppelin")
    assert "Nothing found for “zeppelin”" in page
    assert "Zeppelin" not in page


def test_nothing_found_offers_ways_on(client: Client) -> None:
    pages.tree()
    calls.call("voting", title="Neighbourhood budget")
    page = found(client, "qqqqqq")
    assert "Nothing found for “qqqqqq”" in page
    assert "Neighbourhood budget" in page
    assert 'href="/help/"' in page


def test_no_query_is_no_error(client: Client) -> None:
    assert "Small typing errors do no harm" in found(client, "")


NASTY = [
    "\0",
    "a\0b",
    "'; DROP TABLE accounts_person; --",
    "%",
    "_",
    "\\",
    "& | ! ( ) : * <->",
    ":*",
    '"unclosed',
    "a" * 5000,
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "\u202e\u200b\ufeff",
    "\N{PILE OF POO}",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "\N{LATIN SMALL LIGATURE FFI} \N{DOUBLE-STRUCK CAPITAL R}",
]


@pytest.mark.parametrize("query", NASTY)
@pytest.mark.parametrize("kind", ["", "projects", "stories", "nonsense"])
def test_whatever_is_typed_is_answered(client: Client, query: str, kind: str) -> None:
    page = found(client, query, **{"in": kind})
    assert "<script>alert" not in page


def test_markup_of_a_title_is_shown_and_not_obeyed(client: Client) -> None:
    proposals.project(title="<img src=x onerror=alert(1)> crossing")
    page = found(client, "crossing")
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_a_query_is_bounded() -> None:
    assert len(clean("word " * 1000)) <= LONGEST_QUERY
    assert clean(" a\n\tb\0c ") == "a b c"


def test_marks_are_whole_words_at_the_right_place() -> None:
    assert (
        marked("Évenings at the Café", ["cafe", "even"]) == "<mark>Évenings</mark> at the <mark>Café</mark>"
    )
    assert marked("a < b & c", ["c"]) == "a &lt; b &amp; <mark>c</mark>"
    assert spans("", ["a"]) == []


def test_htmx_gets_the_results_alone(client: Client) -> None:
    proposals.project(title="Safe crossing")
    part = client.get("/search/", {"q": "crossing"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Safe <mark>crossing</mark>" in part


def test_more_than_a_few_can_be_asked_for(client: Client) -> None:
    call = calls.call("voting")
    for number in range(8):
        proposals.project(call, title=f"Crossing number {number}")
    assert found(client, "crossing").count('class="found-item"') == 6
    assert "in=projects" in found(client, "crossing")
    assert found(client, "crossing", **{"in": "projects"}).count('class="found-item"') == 8


@pytest.mark.parametrize("count", [1, 6])
def test_a_fixed_number_of_statements(
    client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    home = pages.tree()
    call = calls.call("voting", title="Larch call")
    for number in range(count):
        proposals.project(call, title=f"Larch {number}")
        accounts.organisation(name=f"Larch club {number}")
        pages.story(home, title=f"Larch story {number}")
    found(client, "larch")
    with django_assert_max_num_queries(8):
        found(client, "larch")
