"""The council changes name, colour and pictures of the whole site without code."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from civic.core.colour import contrast
from civic.pages import look, operations
from civic.pages.models.settings import forget_look
from tests.factories import pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("default_tree")]


def test_every_page_shows_name_logo_and_accent(client: Client) -> None:
    operations.write_look(site_name="Lindau exchanges", accent="#AA3311", logo=pages.image("Logo"))
    for path in ("/", "/help/", "/search/", "/nothing-here/"):
        page = client.get(path).content.decode()
        assert "Lindau exchanges" in page, path
        assert "/theme/aa3311.css" in page, path
        assert 'class="brand-logo"' in page, path
    assert client.get("/theme/aa3311.css").status_code == 200


def test_the_hero_picture_is_shown_with_its_words(client: Client) -> None:
    assert "town-sun" in client.get("/").content.decode()
    operations.write_look(hero=pages.image("Harbour", width=2000), hero_alt="The harbour at dusk")
    page = client.get("/").content.decode()
    assert 'alt="The harbour at dusk"' in page
    assert "town-sun" not in page


def test_a_picture_without_words_is_refused() -> None:
    with pytest.raises(ValidationError, match="Say what the picture shows"):
        operations.write_look(hero=pages.image(), hero_alt=" ")


@pytest.mark.parametrize("colour", ["red", "0b6375", "#12345", "#12345g", "#0b6375;}", "javascript:"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValidationError):
        operations.write_look(accent=colour)


@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "#000000", "#ff00aa", "#808080"])
def test_any_accent_stays_readable(client: Client, colour: str) -> None:
    operations.write_look(accent=colour)
    css = client.get(f"/theme/{colour[1:]}.css").content.decode()
    tones = dict(
        line.strip().rstrip(";").split(": ", 1) for line in css.splitlines() if line.startswith("  --")
    )
    for mode in (0, 1):
        fill, on_fill, accent = (
            tones[name].removeprefix("light-dark(").removesuffix(")").split(", ")[mode]
            for name in ("--accent-fill", "--accent-on-fill", "--accent")
        )
        assert contrast(fill, on_fill) >= 4.5
        assert contrast(accent, "#ffffff" if mode == 0 else "#15191b") >= 4.5


def frame() -> str:
    """What the frame of a page asks of the look, without any page."""
    asked = "{{ site.name }}{{ site.logo }}{{ site.hero }}{{ site.contact_email }}{{ site.footer_links }}"
    return Template(asked).render(Context({"site": look.look()}))


def test_the_frame_costs_one_statement_and_then_none(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    operations.write_look(hero=pages.image(), hero_alt="A hill", logo=pages.image())
    frame()  # makes the sizes of both pictures, which happens once
    forget_look()
    with django_assert_num_queries(1):
        frame()
    with django_assert_num_queries(0):
        frame()
    monkeypatch.setattr(cache, "get", lambda key, default=None: default)
    with django_assert_num_queries(1):
        frame()


def test_a_change_shows_at_once(client: Client) -> None:
    assert "Civic Exchange" in client.get("/").content.decode()
    operations.write_look(site_name="Another name")
    assert "Another name" in client.get("/").content.decode()


def test_contact_and_links_stand_in_the_footer(client: Client) -> None:
    links = [{"type": "link", "value": {"text": "Town hall", "href": "https://town.example/"}}]
    operations.write_look(contact_email="hello@town.example", contact_phone="0123 456", footer_links=links)
    page = client.get("/about/").content.decode()
    assert "hello@town.example" in page
    assert '<a href="https://town.example/">Town hall</a>' in page


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "//evil.example", "data:text/html,x", "/\\evil.example", "x y"]
)
def test_a_link_leads_only_where_links_lead(href: str) -> None:
    links = [{"type": "link", "value": {"text": "Here", "href": href}}]
    with pytest.raises(ValidationError):
        operations.write_look(footer_links=links)
