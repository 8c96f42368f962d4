"""A file that comes in parts: nobody takes all the room, a session that has ended sends no more, names are names."""

from contextlib import ExitStack
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session

from datasets.catalogue.models import Upload
from datasets.catalogue.views import resumable as views
from tests.catalogue.tus import BODY, FILES, ask, create, offset, patch, said, sha1_of
from tests.factories import catalogue
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
CSV = catalogue.CSV


def test_one_person_does_not_take_all_places_1128_tu7() -> None:
    mine, theirs = catalogue.unfinished(here=10), catalogue.unfinished(here=10)
    writer = catalogue.writer(mine.dataset)
    with ExitStack() as some:
        for _place in range(2):
            some.enter_context(views.places.taken(by=writer.pk))
        assert patch(visitor(writer), f"{FILES}{mine.pk}/", 10, b"x").status_code == 503
        other = visitor(catalogue.writer(theirs.dataset))
        assert patch(other, f"{FILES}{theirs.pk}/", 10, b"x").status_code == 204
    assert patch(visitor(writer), f"{FILES}{mine.pk}/", 10, b"x").status_code == 204


class SignsOut(BytesIO):
    """A body in whose middle its sender signs out elsewhere."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > views.PIECE:
            Session.objects.all().delete()
        return super().read(size)


def test_a_session_that_has_ended_sends_no_more_1128_tu8() -> None:
    content = b"x" * (2 * views.PIECE + 10)
    one = catalogue.unfinished(content=content, here=0)
    client, address = visitor(catalogue.writer(one.dataset)), f"{FILES}{one.pk}/"
    sent = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    body: Any = {"CONTENT_LENGTH": str(len(content)), "wsgi.input": SignsOut(content)}
    assert client.generic("PATCH", address, b"x", BODY, headers=sent, **body).status_code == 401
    assert Upload.objects.get().received == views.PIECE


def test_what_is_put_aside_for_a_checksum_has_a_bound_1128_tu9(settings: Any) -> None:
    settings.RESUMABLE_CHECKED_BYTES = 20
    one = catalogue.unfinished(here=10)
    client, address = visitor(catalogue.writer(one.dataset)), f"{FILES}{one.pk}/"
    long, short = CSV[10:31], CSV[10:30]
    assert patch(client, address, 10, long, Upload_Checksum=sha1_of(long)).status_code == 413
    assert patch(client, address, 10, short, Upload_Checksum=sha1_of(short)).status_code == 204
    assert offset(client, address) == 30


@pytest.mark.parametrize("name", ["..", ". .", "a\u202evsc.exe", "a\u2028b.csv", "a\x85.csv", "C:\\x\\.."])
def test_what_is_no_name_begins_nothing_1128_tu11(name: str) -> None:
    dataset = catalogue.dataset()
    assert create(visitor(catalogue.writer(dataset)), dataset, 10, filename=name).status_code == 422
    assert not Upload.objects.exists()


def test_a_key_is_of_one_file_whose_name_has_no_folders_1128_tu11() -> None:
    dataset, key = catalogue.dataset(), str(uuid4())
    client = visitor(catalogue.writer(dataset))
    for _time in range(2):
        assert create(client, dataset, 10, filename="C:\\x\\..\\y.csv", key=key).status_code == 201
    assert Upload.objects.get().name == "y.csv"
    assert create(client, dataset, 10, filename="z.csv", key=key).status_code == 409
    named = said(dataset=dataset.slug, filename="a.csv")
    meant = {"Upload_Length": "10", "Upload_Metadata": named, "X_HTTP_Method_Override": "PUT"}
    assert ask(client, "POST", FILES, **meant).status_code == 405
    assert Upload.objects.count() == 1


def test_headers_that_contradict_each_other_are_refused_1128_tu12() -> None:
    one = catalogue.unfinished(here=10)
    client, address = visitor(catalogue.writer(one.dataset)), f"{FILES}{one.pk}/"
    named = said(dataset=one.dataset.slug, filename="a.csv")
    both = {"Upload_Length": "10", "Upload_Defer_Length": "1", "Upload_Metadata": named}
    assert ask(client, "POST", FILES, **both).status_code == 400
    for checksum in ("sha1", "sha256 AAAA"):
        assert patch(client, address, 10, b"x", Upload_Checksum=checksum).status_code == 400
    assert (Upload.objects.count(), offset(client, address)) == (1, 10)
