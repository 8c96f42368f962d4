"""The home page shows what is alive, with the same number of statements however much there is."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from civic.core import clock
from civic.pages import operations
from civic.pages.models import HomePage, StandardPage
from projects.proposals.states import ProjectState
from tests.factories import accounts, calls, pages, proposals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("default_tree")]

MOST_STATEMENTS = 8


def everything(home: HomePage, **picked: Any) -> None:
    """A home page with every kind of block, several of them twice."""
    photo = {"image": pages.image().pk, "alt": "A hill"}
    text = {"text": "<p>Words with a <a href='https://example.org/'>link</a>.</p>"}
    operations.write_home(
        title="Home",
        sentence="Everything at once.",
        lead="All blocks.",
        buttons=[{"text": "Projects", "href": "/projects/", "kind": ""}],
        blocks=[
            ("numbers", {"heading": "Numbers"}),
            ("calls", {"heading": "Calls"}),
            ("projects", {"heading": "Newest", "order": "newest", "count": 3}),
            ("projects", {"heading": "Green", "theme": "green", "count": 2}),
            ("projects", {"heading": "Picked", **picked}),
            ("stories", {"heading": "Stories", "count": 3}),
            ("picture", photo),
            ("split", {"heading": "Beside", **photo, **text, "buttons": []}),
            ("text", {"heading": "Words", **text}),
            ("quote", {"text": "A number is calming.", "by": "Hanneke"}),
            (
                "steps",
                {"heading": "Steps", "steps": [{"title": "One", "text": "a"}, {"title": "Two", "text": "b"}]},
            ),
            ("faq", {"heading": "Asked", "questions": [{"question": "Why?", "answer": "<p>Because.</p>"}]}),
            ("heading", {"heading": "A heading"}),
            ("table", {"heading": "A table", "table": TABLE}),
            ("buttons", {"buttons": [{"text": "Help", "href": "/help/", "kind": ""}]}),
            (
                "call_to_action",
                {"heading": "Now", "buttons": [{"text": "Go", "href": "/propose/", "kind": ""}]},
            ),
        ],
    )


TABLE = {
    "caption": "Costs",
    "columns": [{"type": "text", "heading": "What"}, {"type": "number", "heading": "Euro"}],
    "rows": [{"values": ["Bench", "120"]}, {"values": ["Tree", None]}],
}


def fill(home: HomePage, count: int) -> list[str]:
    """Calls, projects with supporters and pictures, and stories; the keys of some projects."""
    made = []
    for _ in range(count):
        project = proposals.project(calls.call("voting"))
        proposals.picture(project)
        proposals.support(project)
        pages.story(home, picture=pages.image(), picture_alt="A hill", project=project)
        made.append(str(project.pk))
    pages.counted()
    return made


@pytest.mark.parametrize("count", [2, 7])
def test_a_fixed_number_of_statements(
    client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    home = pages.tree()
    everything(home, picked=fill(home, count))
    client.get("/")  # makes the sizes of pictures, which happens once
    with django_assert_max_num_queries(MOST_STATEMENTS):
        page = client.get("/").content.decode()
    assert "Everything at once." in page
    assert page.count('class="card card-project"') > 3


def test_a_fixed_number_of_statements_for_a_person(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    home = pages.tree()
    everything(home, picked=fill(home, 3))
    client.force_login(accounts.person())
    client.get("/")
    with django_assert_max_num_queries(14):
        client.get("/")


def test_links_between_pages_cost_nothing_more(client: Client) -> None:
    pages.tree()
    target = StandardPage.objects.get(slug="about")
    linked = (
        f'<p><a linktype="page" id="{target.pk}">Who we are</a> <a linktype="page" id="999999">Gone</a></p>'
    )

    def statements(times: int) -> int:
        operations.write_home(title="Home", sentence="Links.", blocks=[("text", {"text": linked})] * times)
        client.get("/")
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/").content.decode()
        assert page.count('<a href="/about/">Who we are</a>') == times
        return len(captured)

    assert statements(1) == statements(5) <= MOST_STATEMENTS


def test_the_cache_may_be_gone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    pages.tree()
    pages.counted()
    monkeypatch.setattr(cache, "get", lambda key, default=None, version=None: default)
    monkeypatch.setattr(cache, "set", lambda *args, **kwargs: None)
    assert client.get("/").status_code == 200


def test_each_block_says_so_when_it_has_nothing_to_show(client: Client) -> None:
    everything(pages.tree(), picked=[])
    page = client.get("/").content.decode()
    assert "The figures are counted every minute" in page
    assert "No call is open" in page
    assert page.count("No project to show here yet") == 3
    assert "No story yet" in page


def test_days_left_of_a_call(client: Client) -> None:
    pages.tree()
    call = calls.call("proposals", title="Cool streets")
    page = client.get("/").content.decode()
    assert "Cool streets" in page
    assert "9 days left" in page
    call.phases.filter(kind="proposals").update(ends_at=clock.now() + timedelta(hours=3))
    assert "Ends today" in client.get("/").content.decode()


def test_a_draft_never_shows_not_even_when_picked_by_hand(client: Client) -> None:
    home = pages.tree()
    draft = proposals.project(state=ProjectState.DRAFT, title="Still secret")
    hidden_call = calls.call("proposals", state="draft", title="Secret call")
    everything(home, picked=[str(draft.pk)])
    page = client.get("/").content.decode()
    assert "Still secret" not in page
    assert hidden_call.title not in page


def test_projects_by_theme_call_and_support(client: Client) -> None:
    home = pages.tree()
    one, other = calls.call("voting"), calls.call("voting")
    most = proposals.project(one, title="Most wanted", theme="green")
    proposals.project(one, title="Less wanted", theme="green")
    proposals.project(other, title="Elsewhere", theme="green")
    proposals.project(one, title="Other theme", theme="culture")
    most.support_count.__class__.objects.filter(project=most).update(supports=5)
    block = {"call": str(one.pk), "theme": "green", "order": "supported", "count": 2}
    operations.write_home(title="Home", sentence="One block.", blocks=[("projects", block)])
    page = client.get("/").content.decode()
    assert page.index("Most wanted") < page.index("Less wanted")
    assert "Elsewhere" not in page
    assert "Other theme" not in page
    assert home.pk


def test_unpublished_stories_stay_away(client: Client) -> None:
    home = pages.tree()
    pages.story(home, title="Shown story")
    pages.story(home, title="Withdrawn story").unpublish()
    for path in ("/", "/stories/"):
        page = client.get(path).content.decode()
        assert "Shown story" in page
        assert "Withdrawn story" not in page


def test_only_the_first_main_button_is_main(client: Client) -> None:
    pages.tree()
    twice = [{"text": "One", "href": "/one/", "kind": ""}, {"text": "Two", "href": "/two/", "kind": ""}]
    operations.write_home(title="Home", sentence="Two buttons.", buttons=twice)
    page = client.get("/").content.decode()
    assert '<a class="button button-large" href="/one/">' in page
    assert '<a class="button button-second button-large" href="/two/">' in page
