"""Stories, pages of words, the text of a call: what they show, and in how many statements."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from civic.pages import operations
from civic.pages.models import StandardPage
from projects.proposals.states import ProjectState
from tests.factories import calls, pages, proposals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("default_tree")]


def test_a_story_with_its_picture_and_its_project(client: Client) -> None:
    project = proposals.project(title="Larch Road")
    story = pages.story(pages.tree(), picture=pages.image(), picture_alt="A crossing", project=project)
    page = client.get(story.url).content.decode()
    assert 'alt="A crossing"' in page
    assert project.get_absolute_url() in page
    assert "With a question in the queue." in page


def test_a_story_about_a_project_that_is_not_public_does_not_name_it(client: Client) -> None:
    draft = proposals.project(title="Still secret", state=ProjectState.DRAFT)
    story = pages.story(pages.tree(), project=draft)
    assert "Still secret" not in client.get(story.url).content.decode()


def test_a_picture_whose_file_is_gone_is_left_out(client: Client) -> None:
    image = pages.image()
    story = pages.story(pages.tree(), picture=image, picture_alt="Gone")
    image.file.storage.delete(image.file.name)
    for path in ("/", story.url, "/stories/"):
        response = client.get(path)
        assert response.status_code == 200
        assert 'alt="Gone"' not in response.content.decode()


def test_stories_are_paged_by_day_without_losing_one(client: Client) -> None:
    home = pages.tree()
    days = [date(2026, 5, 30) - timedelta(days=number // 3) for number in range(30)]
    titles = {pages.story(home, title=f"Story No {n:02}", day=day).title for n, day in enumerate(days)}
    seen: set[str] = set()
    address = "/stories/"
    while address:
        page = client.get(address).content.decode()
        here = {title for title in titles if title in page}
        assert not here & seen
        seen |= here
        older = page.partition('href="?before=')[2].partition('"')[0]
        address = f"/stories/?before={older}" if older else ""
    assert seen == titles
    assert client.get("/stories/?before=%00nonsense").status_code == 200


@pytest.mark.parametrize("count", [2, 9])
@pytest.mark.parametrize("path", ["/stories/", "/help/", "/help/voting/", "/privacy/"])
def test_a_fixed_number_of_statements(
    client: Client, path: str, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    home = pages.tree()
    section = home.get_children().get(slug="help")
    for number in range(count):
        pages.story(home, picture=pages.image(), picture_alt="A hill")
        operations.write_page(
            parent=section, slug=f"more-{number}", title=f"More {number}", sections=pages.PARTS
        )
    client.get(path)
    with django_assert_max_num_queries(8):
        client.get(path)


def test_beside_a_page_stands_its_section_or_its_contents(client: Client) -> None:
    pages.tree()
    voting = client.get("/help/voting/").content.decode()
    assert '<a href="/help/voting/" aria-current="page">' in voting
    assert '<a href="/help/proposing/">' in voting
    assert '<a href="#when-you-vote">' in client.get("/privacy/").content.decode()


def test_an_unpublished_page_is_gone_from_its_section(client: Client) -> None:
    pages.tree()
    StandardPage.objects.get(slug="proposing").unpublish()
    assert "/help/proposing/" not in client.get("/help/voting/").content.decode()
    assert client.get("/help/proposing/").status_code == 404


def test_empty_pages_say_so(client: Client) -> None:
    home = pages.tree()
    operations.write_page(parent=home, slug="empty", title="Empty")
    assert "is being written" in client.get("/empty/").content.decode()
    assert "No story yet" in client.get("/stories/").content.decode()
    operations.write_home(title="Home", sentence="Nothing yet.")
    assert "This page is being prepared" in client.get("/").content.decode()


def test_editors_words_stand_on_the_page_of_the_call(client: Client) -> None:
    home, call = pages.tree(), calls.call("voting")
    page = operations.write_call_text(parent=home, call=call, sections=pages.PARTS)
    assert "With a question in the queue." in client.get(call.get_absolute_url()).content.decode()
    response = client.get(page.url)
    assert response.status_code == 301
    assert response.headers["Location"] == call.get_absolute_url()
    page.unpublish()
    assert "With a question" not in client.get(call.get_absolute_url()).content.decode()


def test_pages_are_read_and_never_posted_to(client: Client) -> None:
    pages.tree()
    assert client.post("/about/").status_code == 405
