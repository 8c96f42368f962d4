"""A fresh installation has pages that a city can keep, and editors who can change all of it."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from civic.pages import operations
from civic.pages.models import HelpIndexPage, HomePage, StandardPage, StoryIndexPage
from tests.factories import pages

pytestmark = pytest.mark.django_db

# What the frame of every page links to.
FRAME = ["/", "/how-it-works/", "/about/", "/help/", "/privacy/", "/accessibility/", "/rules/", "/stories/"]


def test_every_page_that_the_frame_links_to_answers(client: Client) -> None:
    pages.tree()
    for path in FRAME:
        assert client.get(path).status_code == 200, path


def test_each_page_of_words_says_something(client: Client) -> None:
    home = pages.tree()
    written = [*StandardPage.objects.all(), *HelpIndexPage.objects.all()]
    assert len(written) == 9
    for page in written:
        words = re.sub(r"<[^>]+>", " ", str(page.body.render_as_block()))
        assert len(words.split()) > 60, page.title
        assert page.lead, page.title
    assert "Aldermere" in home.title


def test_the_city_is_named_and_no_place_is_left_open(client: Client) -> None:
    pages.tree("Lindau")
    about = client.get("/about/").content.decode()
    assert "Lindau" in about
    assert "ask@example.org" in about
    assert "{city}" not in about
    assert "{ask}" not in about


def test_built_twice_the_pages_of_the_editors_stay() -> None:
    home = pages.tree()
    home.title = "Ours"
    home.save_revision().publish()
    assert operations.build_default_tree(city="Other") == home
    assert HomePage.objects.get().title == "Ours"


def test_the_page_that_wagtail_brought_is_gone_and_the_site_is_not() -> None:
    home = pages.tree()
    assert Site.objects.get().root_page_id == home.pk
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_what_is_written_again_is_replaced_and_not_doubled() -> None:
    home = pages.tree()
    operations.write_page(parent=home, slug="about", title="About us", lead="New", sections=pages.PARTS)
    assert StandardPage.objects.get(slug="about").title == "About us"
    assert StoryIndexPage.objects.count() == 1


def test_plain_text_becomes_paragraphs_and_lists_without_markup_of_its_own() -> None:
    text = "One <b>bold</b>\n\n- first\n- second"
    assert operations.tree.paragraphs(text) == (
        "<p>One &lt;b&gt;bold&lt;/b&gt;</p><ul><li>first</li><li>second</li></ul>"
    )


def test_the_command_builds_the_site(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("build_site", city="Lindau", site_name="Lindau exchanges")
    assert "The site stands" in capsys.readouterr().out
    assert HomePage.objects.get().title == "Lindau decides together"
