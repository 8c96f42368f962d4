"""Every link on every page of the demo answers, for a stranger and for each role; nothing is filler."""

from collections import Counter, deque
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from time_machine import TimeMachineFixture

from civic.accounts.models import Person
from civic.demo.sign_ins import sign_ins
from tests.demo_city import MOMENT
from tests.whole.walking import PageReader, local, read

FILLER = ("lorem", "ipsum", "TODO", "FIXME", "None None", "{{", "{%")
# Pages of one kind that are walked (a city has thousands of ledger accounts); all of those that are written in the CMS.
EACH = 5
WRITTEN = "wagtail_serve"
# Leaving, or a page of a library's admin: walked by the access matrix, not by this crawler.
NOT_FOLLOWED = ("/accounts/logout/", "/admin/", "/cms/", "/static/", "/documents/")


def crawl(client: Client, start: str) -> dict[str, PageReader]:
    """Pages reachable from `start`, some of each kind; asserts that each link that is walked answers."""
    pages: dict[str, PageReader] = {}
    queue, seen, walked = deque([(start, "")]), {start}, Counter[str]()
    while queue:
        path, came_from = queue.popleft()
        response = client.get(path, follow=True)
        assert response.status_code < HTTPStatus.BAD_REQUEST, f"{path} (linked from {came_from})"
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = pages[path] = read(response.content.decode(), path)
        for href in page.links:
            target = local(href, path)
            if target and target not in seen and not target.startswith(NOT_FOLLOWED):
                seen.add(target)
                walked[kind := kind_of(target)] += 1
                if walked[kind] <= EACH or kind == WRITTEN:
                    queue.append((target, path))
    return pages


def kind_of(target: str) -> str:
    """The view that answers, and the parameters it is asked with; an address that nothing answers is its own kind."""
    address = urlsplit(target)
    try:
        view = resolve(address.path).view_name
    except Resolver404:
        return target
    asked = "&".join(sorted(parse_qs(address.query)))
    return f"{view}?{asked}" if asked else view


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_city")
@pytest.mark.parametrize(
    "role", ["stranger", "Verified resident", "Project author", "Business owner", "Moderator"]
)
def test_every_link_answers_and_no_page_is_filler(role: str, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(MOMENT)
    client = Client()
    if role != "stranger":
        address = next(one.email for one in sign_ins() if one.role == role)
        client.force_login(Person.objects.get(email=address))
    pages = crawl(client, "/")
    assert len(pages) > 30
    for path, page in pages.items():
        text = " ".join(page.words)
        assert page.title.strip(), f"{path} has no title"
        assert not [word for word in FILLER if word in text], path
        assert not page.inline, f"{path} has inline style or script: {page.inline[:2]}"
        assert len(page.words) > 25, f"{path} is empty"
        dead = [
            href for href in page.links if href.startswith("#") and href[1:] not in page.ids and href != "#"
        ]
        assert not dead, f"{path} points to {dead} on itself"
