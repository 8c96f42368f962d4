"""What robots and browsers ask for by fixed names."""

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from PIL import Image

from civic.pages import operations
from projects.proposals.states import ProjectState
from tests.factories import calls, pages, proposals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("default_tree")]


def places(client: Client, section: str) -> list[str]:
    """The paths of one part of the sitemap."""
    tree = ET.fromstring(client.get(f"/sitemap-{section}.xml").content)
    return [
        found.text.removeprefix("http://testserver") for found in tree.iter() if found.tag.endswith("}loc")
    ]


def test_the_sitemap_names_what_is_public_and_nothing_else(client: Client) -> None:
    home = pages.tree()
    call = calls.call("voting")
    draft_call = calls.call("proposals", state="draft")
    shown, draft = proposals.project(call), proposals.project(call, state=ProjectState.DRAFT)
    operations.write_call_text(parent=home, call=call, sections=pages.PARTS)
    pages.story(home, slug="withdrawn").unpublish()
    index = client.get("/sitemap.xml").content.decode()
    assert all(f"/sitemap-{section}.xml" in index for section in ("pages", "calls", "projects"))
    assert places(client, "projects") == [shown.get_absolute_url()]
    assert places(client, "calls") == [call.get_absolute_url()]
    assert draft.get_absolute_url() not in places(client, "projects")
    assert draft_call.get_absolute_url() not in places(client, "calls")
    found = places(client, "pages")
    assert {"/", "/help/voting/", "/stories/"} <= set(found)
    assert not [path for path in found if "withdrawn" in path or "call-" in path]


def test_every_address_of_the_sitemap_answers(client: Client) -> None:
    pages.tree()
    proposals.project()
    for section in ("pages", "calls", "projects"):
        for path in places(client, section):
            assert client.get(path).status_code == 200, path


def test_robots_are_kept_from_the_rooms(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Disallow: /cms/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_icons_and_manifest_wear_the_accent(client: Client) -> None:
    pages.tree()
    operations.write_look(site_name="Lindau", accent="#aa3311")
    assert "#aa3311" in client.get("/icon.svg").content.decode()
    manifest = client.get("/site.webmanifest").json()
    assert manifest["name"] == "Lindau"
    assert manifest["theme_color"] == "#aa3311"
    for icon in manifest["icons"]:
        picture = Image.open(BytesIO(client.get(icon["src"]).content))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
        assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    favicon = Image.open(BytesIO(client.get("/favicon.ico").content)).convert("RGB")
    assert (0xAA, 0x33, 0x11) in {colour for _count, colour in favicon.getcolors(10_000)}
    assert client.get("/icon-4096.png").status_code == 404


def test_only_safe_methods(client: Client) -> None:
    for path in ("/robots.txt", "/icon.svg", "/site.webmanifest", "/search/"):
        assert client.post(path).status_code == 405, path
