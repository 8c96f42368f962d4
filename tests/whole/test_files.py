"""Files, the sitemap and the API's pages follow what they are of: who may not see it gets none of it."""

import base64
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sitemaps import views as library
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from civic.accounts import groups
from civic.accounts.models import Person
from projects.calls.states import CallState
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, calls, delivery, discussion, proposals

pytestmark = pytest.mark.django_db


def status(path: str, person: Person | None = None) -> int:
    client = Client()
    if person:
        client.force_login(person)
    answer = client.get(path)
    assert "immutable" not in answer.headers.get("Cache-Control", "")
    assert "public" not in answer.headers.get("Cache-Control", "")
    return answer.status_code


def picture() -> tuple[Project, str]:
    made = proposals.project()
    return made, proposals.picture(made).file.url


def evidence() -> tuple[Project, str]:
    milestone = delivery.milestone()
    made = delivery.evidence(milestone)
    made.file.save("report.pdf", BytesIO(b"%PDF-1.7"))
    return milestone.project, made.file.url


@pytest.mark.parametrize("make", [picture, evidence])
def test_files_follow_the_visibility_of_their_project_i14(
    at: datetime, make: Callable[[], tuple[Project, str]]
) -> None:
    project, path = make()
    owner = project.author
    assert (status(path), status(path, owner)) == (200, 200)
    discussion.hidden(project, at=at)
    assert (status(path), status(path, accounts.person()), status(path, owner)) == (404, 404, 200)


@pytest.mark.parametrize("role", [groups.PROGRAMME_MANAGERS, groups.AUDITORS, groups.MODERATORS])
def test_a_draft_and_its_pictures_are_for_its_team_alone_i14(role: str) -> None:
    made = proposals.project(state=ProjectState.DRAFT, opened_at=None)
    path, staff = proposals.picture(made).thumb.url, accounts.staff(role)
    assert (status(path), status(path, staff), status(path, made.author)) == (404, 404, 200)
    assert not Project.objects.visible_to(staff).filter(pk=made.pk).exists()


def test_the_picture_of_a_call_that_is_no_draft_any_more_is_for_everybody_i14() -> None:
    call = calls.call(state=CallState.DRAFT)
    call.picture.save("call.png", BytesIO(proposals.image(300, 300)))
    assert (status(call.picture.url), status(call.picture.url, accounts.staff(groups.AUDITORS))) == (404, 200)
    type(call).objects.filter(pk=call.pk).update(state=CallState.OPEN)
    assert status(call.picture.url) == 200


@pytest.mark.parametrize("folder", ["documents", "original_images", "somewhere"])
def test_no_file_is_had_by_its_name_alone_i14(folder: str) -> None:
    file = Path(settings.MEDIA_ROOT, folder, "budget-2027.pdf")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"%PDF-1.7")
    assert status(f"/media/{folder}/{file.name}") == 404


def test_a_hidden_project_leaves_the_sitemap_at_once_i14(at: datetime) -> None:
    cache.clear()
    made = proposals.project()
    path = "/sitemap-projects.xml"
    assert made.slug in Client().get(path).content.decode()
    discussion.hidden(made, at=at)
    assert made.slug not in Client().get(path).content.decode()


def test_a_parameter_of_ones_own_makes_no_sitemap_anew_s3(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    made = []
    real = library.sitemap

    def counted(*args: Any, **kwargs: Any) -> Any:
        made.append(args)
        return real(*args, **kwargs)

    monkeypatch.setattr(library, "sitemap", counted)
    for number in range(5):
        assert Client().get("/sitemap-projects.xml", {"x": number}).status_code == 200
    assert len(made) == 1
    assert [
        Client().get("/sitemap-projects.xml", {"p": odd}).status_code for odd in ("01", "٣", "x", "9")
    ] == [404] * 4


# ------------------------------------------------------------------ pages of the API
ODD = [
    *(
        b"p=xx",
        b"p=14",
        b"p=%00",
        b"p=-1",
        b"p=",
        b"p=2026-13-45",
        b"p=' OR 1=1",
        b"p=%ff%fe",
        b"p=" + b"9" * 400,
    ),
    *(
        b"r=1&p=xx",
        b"r=x&p=14",
        b"o=x",
        b"o=-5&p=a",
        b"o=99999999999999999999",
        b"o=1000&r=1",
        b"p=1e309",
        b"p=nan",
    ),
    *(
        b"\xff\xfe",
        b"",
        b"=&=",
        b"p=00000000-0000-0000-0000-00000000000g",
        b"p=%F0%9F%8F%A1",
        b"p[]=1",
        b"p=true&o=1",
    ),
    b"p=" + b"a" * 3000,
]


def lists() -> list[str]:
    """Every list of the API without a parameter in its address, by the URLconf."""
    found = []
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern) == "api/v1/":
            found = [
                f"/api/v1/{one.pattern}"
                for one in pattern.url_patterns
                if "<" not in str(one.pattern)
                and getattr(getattr(one.callback, "cls", None), "paginator", None)
            ]
    return found


def test_no_cursor_that_somebody_made_up_is_a_500_i17() -> None:
    assert len(ODD) >= 25
    paths = lists()
    assert len(paths) >= 8, paths
    client = Client()
    client.force_login(accounts.person())
    # All lists page by one class: the others are asked for what would reach the database.
    asked = dict.fromkeys(paths, ODD[:3]) | {paths[0]: ODD, "/api/v1/projects/": ODD}
    for path, cursors in asked.items():
        for odd in cursors:
            answer = client.get(path, {"cursor": base64.b64encode(odd).decode()})
            assert answer.status_code in (200, 404), (path, odd)
