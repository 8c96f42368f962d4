"""People look at pages, follow links, and are never told that the city is broken."""

import random
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http import HttpResponseBase
from django.test import Client

from civic.accounts.models import Person
from tests.simulation.draws import Draw, a, one_of
from tests.simulation.engine import City, Violation, verb

PUBLIC = (
    *(
        "/",
        "/campaigns/",
        "/projects/",
        "/calls/",
        "/funds/",
        "/money/",
        "/organisations/",
        "/ballots/check/",
    ),
    *("/api/v1/campaigns/", "/api/v1/projects/", "/api/v1/calls/", "/api/v1/funds/", "/api/v1/"),
)
OWN = (
    "/me/",
    "/me/pledges/",
    "/me/residency/",
    "/me/data/",
    "/notifications/",
    "/me/profile/",
    "/me/devices/",
)
DESK = ("/admin/",)
ORDER = Draw(lambda chance: chance.randint(0, 2**31))
# What is no page of ours, or ends the visit.
ELSEWHERE = ("/static/", "/media/", "/accounts/logout", "/cms/", "/admin/jsi18n", "/admin/logout")


class Links(HTMLParser):
    """The addresses that a page leads to within the site."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base, self.found = base, dict[str, None]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a link."""
        href = dict(attrs).get("href")
        if tag == "a" and href:
            parts = urlsplit(urldefrag(urljoin(self.base, href)).url)
            if not parts.netloc and parts.scheme in ("", "http") and not parts.path.startswith(ELSEWHERE):
                self.found[parts.path + (f"?{parts.query}" if parts.query else "")] = None


def links(answer: HttpResponseBase, base: str) -> Iterator[str]:
    """Addresses within an HTML page, in its order."""
    if "html" in answer.get("Content-Type", "") and not answer.streaming:
        reader = Links(base)
        reader.feed(answer.content.decode())
        yield from reader.found


def visit(client: Client, start: str, order: int, clicks: int) -> None:
    """A page, and links of it by chance. Raises Violation where one answers 5xx; what it raises goes on as it is."""
    chance, address = random.Random(order), start
    for _click in range(clicks):
        answer = client.get(address, follow=False)
        if answer.status_code >= 500:
            raise Violation(f"page {answer.status_code}", address)
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[arg-type]
        following = (
            [answer.headers["Location"]] if "Location" in answer.headers else list(links(answer, address))
        )
        if not following:
            return
        address = chance.choice(following)


@verb(1.5, start=one_of(*PUBLIC), order=ORDER)
def look(city: City, start: str, order: int) -> None:
    """Somebody whom nobody knows looks around."""
    visit(Client(), start, order, 3)


@verb(1.5, person=a(Person), start=one_of(*OWN, *OWN, *PUBLIC), order=ORDER)
def look_at_own(city: City, person: Person, start: str, order: int) -> None:
    """Somebody who is signed in does."""
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    visit(client, "/admin/" if person.is_staff and order % 2 else start, order, 4)
