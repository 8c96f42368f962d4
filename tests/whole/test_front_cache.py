"""P3: what strangers get from any public page may be kept by a front cache, and holds nothing of anybody who visits.

The addresses are those of the access matrix that open to strangers, and public objects for the pages that it
visits with private ones.
"""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from civic.accounts.models import Person
from tests.factories import accounts, calls, discussion, proposals, voting
from tests.whole import objects
from tests.whole.scene import OWNER, STRANGER, cast_of_roles
from tests.whole.test_access import OPENS_TO, path_of

pytestmark = pytest.mark.django_db

KEPT = "public, max-age=0, s-maxage=60"
# Forms that strangers fill in, with a token and so a cookie of their own; and what only the holder of a link sees.
FOR_ONE = {
    "proposals:start",
    "ledger:subscribe",
    "styleguide",
    "voting:check",
    "discussion:report_project",
    "discussion:report_comment",
    "accounts:invitation",
    "accounts:staff-invitation",
    "demo:visitors",
    "demo:mail",
}
WHO_ASKS = [
    {"HTTP_USER_AGENT": "One", "REMOTE_ADDR": "192.0.2.7", "HTTP_REFERER": "https://one.example/"},
    {"HTTP_USER_AGENT": "Two", "REMOTE_ADDR": "198.51.100.9", "HTTP_X_FORWARDED_FOR": "203.0.113.5"},
]


def public_objects() -> dict[str, str]:
    """Pages of public things, by what they show."""
    call, project = calls.call("voting"), proposals.project()
    comment = discussion.comment(project)
    decided = voting.voting_call(10, 20)
    voting.cast(decided, 1)
    voting.decide(decided)
    page = project.get_absolute_url()
    return {
        "call": call.get_absolute_url(),
        "results": f"{decided.get_absolute_url()}results/",
        "project": page,
        "changes": f"{page}changes/",
        "discussion": f"{page}discussion/",
        "thread": comment.get_absolute_url(),
        "map": "/projects/?view=map",
        "filtered": "/projects/?theme=green&sort=supported",
        "found": "/search/?q=project",
    }


def answers() -> Iterator[tuple[str, HttpResponse, HttpResponse]]:
    """Each page as two strangers get it, who come from elsewhere with another browser."""
    owner = cast_of_roles()[OWNER]
    assert owner is not None
    made = objects.build(owner)
    paths = {name: path_of(name, made) for name, roles in OPENS_TO.items() if STRANGER in roles}
    for name, path in (paths | public_objects()).items():
        first, second = (Client(**who).get(path) for who in WHO_ASKS)  # type: ignore[arg-type]
        if first.status_code == 200 and first.headers["Content-Type"].startswith("text/html"):
            yield name, first, second


def said_of(response: HttpResponse) -> str:
    return response.headers["Cache-Control"]


def body(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def test_every_public_page_can_be_kept_and_is_nobodys() -> None:
    wrong: dict[str, list[str]] = {}
    seen = set()
    for name, first, second in answers():
        seen.add(name)
        kept = name not in FOR_ONE
        said = {
            f"Cache-Control is {said_of(first)}": said_of(first) == KEPT
            if kept
            else "no-store" in said_of(first),
            "no Vary on Cookie": not kept or "Cookie" in first.headers["Vary"].split(", "),
            "sets a cookie": not kept or not first.cookies,
            "has a token": not kept or b"csrfmiddlewaretoken" not in first.content,
            "differs from visitor to visitor": not kept or body(first) == body(second),
            "shows an address of the visitor": b"192.0.2.7" not in first.content,
        }
        emails = Person.objects.values_list("email", flat=True)
        said["shows an email address"] = not any(email.encode() in first.content for email in emails)
        if failed := [words for words, right in said.items() if not right]:
            wrong[name] = failed
    assert not wrong, wrong
    assert len(seen) > 20
    assert seen >= {"pages:search", "proposals:browse", "project", "call", "results", "discussion"}


def test_what_a_person_sees_of_the_same_pages_is_never_kept() -> None:
    person = accounts.person(name="Zorbl Attenborough")
    client = Client()
    client.force_login(person)
    for what, path in public_objects().items():
        response = client.get(path)
        assert response.headers["Cache-Control"] == "private, no-store", what
        assert "Zorbl" not in Client().get(path).content.decode(), what
