"""Every link on every page of the demo answers, for a stranger and for each role; nothing is filler."""

from collections import deque
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from civic.accounts.models import Person
from civic.demo.sign_ins import sign_ins
from tests.whole.walking import PageReader, local, read

FILLER = ("lorem", "ipsum", "TODO", "FIXME", "None None", "{{", "{%")
LIMIT = 600
# Leaving, or a page of a library's admin: walked by the access matrix, not by this crawler.
NOT_FOLLOWED = ("/accounts/logout/", "/admin/", "/cms/", "/static/", "/documents/")


def crawl(client: Client, start: str) -> dict[str, PageReader]:
    """All pages reachable from `start`; asserts that each link answers."""
    pages: dict[str, PageReader] = {}
    queue, seen = deque([(start, "")]), {start}
    while queue and len(pages) < LIMIT:
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
                queue.append((target, path))
    return pages


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A small Aldermere for all tests of this file, taken back afterwards: building it takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo_city", small=True, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role", ["stranger", "Verified resident", "Project author", "Business owner", "Moderator"]
)
def test_every_link_answers_and_no_page_is_filler(role: str, city: None) -> None:
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
