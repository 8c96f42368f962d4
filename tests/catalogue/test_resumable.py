"""A file that comes in parts, by the tus protocol: what is kept, what is refused, and who may."""

import hashlib
from contextlib import ExitStack
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest

from civic.accounts.models import Membership, Organisation
from civic.core import clock
from civic.core.errors import Forbidden
from civic.core.models import Event
from datasets.catalogue import files
from datasets.catalogue.models import Upload
from datasets.catalogue.operations import resumable, uploads
from datasets.catalogue.states import UploadState
from datasets.catalogue.views import resumable as views
from tests.catalogue.tus import BODY, FILES, ask, create, offset, parts, patch, said, sha1_of
from tests.factories import accounts, catalogue
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
CSV = catalogue.CSV


def test_a_file_comes_in_parts_and_goes_the_way_of_every_file() -> None:
    dataset = catalogue.dataset()
    client = visitor(catalogue.writer(dataset))
    begun = create(client, dataset, len(CSV), filename="C:/old/trees.csv")
    address = begun.headers["Location"]
    assert (begun.status_code, begun.headers["Upload-Offset"], offset(client, address)) == (201, "0", 0)
    head = ask(client, "HEAD", address).headers
    assert (head["Upload-Length"], head["Upload-Metadata"]) == (
        str(len(CSV)),
        said(filename="trees.csv", dataset=dataset.slug),
    )
    told = patch(client, address, 0, CSV[:20])
    assert (told.status_code, told.headers["Upload-Offset"], told.headers["Tus-Resumable"]) == (
        204,
        "20",
        "1.0.0",
    )
    assert parsedate_to_datetime(told.headers["Upload-Expires"]) > clock.now() + timedelta(days=6)
    one = Upload.objects.get()
    assert (one.state, one.name, one.received, one.file.name) == (UploadState.RECEIVING, "trees.csv", 20, "")
    assert "20 bytes of 83 bytes are here".replace("83", str(len(CSV))) in text_of(
        client, one.get_absolute_url()
    ).replace("\xa0", " ")
    assert patch(client, address, 20, CSV[20:]).status_code == 204
    assert (offset(client, address), parts()) == (len(CSV), [f"{one.pk.hex}.part"])
    catalogue.work()
    one.refresh_from_db()
    assert (one.state, one.sha256, one.file.read()) == (
        UploadState.PROPOSED,
        hashlib.sha256(CSV).hexdigest(),
        CSV,
    )
    assert (parts(), one.file.name) == ([], f"catalogue/{one.pk.hex}.csv")
    kinds = Event.objects.filter(subject_id=str(one.pk)).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["upload.begun", "upload.received", "upload.proposed"]
    uploads.confirm(actor=catalogue.writer(dataset), upload=one, answers=uploads.Answers(), at=clock.now())
    catalogue.work()
    assert catalogue.publish(Upload.objects.get(), at=clock.now()).rows == 3
    assert offset(client, address) == len(CSV)


def test_the_same_key_twice_is_one_upload() -> None:
    dataset = catalogue.dataset()
    client, key = visitor(catalogue.writer(dataset)), str(uuid4())
    first, again = (create(client, dataset, 10, key=key).headers["Location"] for _ in range(2))
    assert (first, Upload.objects.count()) == (again, 1)
    assert create(client, dataset, 11, key=key).status_code == 409
    other = catalogue.dataset(catalogue.writer(dataset), publisher=dataset.publisher, title="Another")
    assert create(client, other, 10, key=key).status_code == 409


BEGIN: list[tuple[int, dict[str, str]]] = [
    (412, {"Tus_Resumable": ""}),
    (412, {"Tus_Resumable": "0.2.2"}),
    (400, {"Upload_Length": ""}),
    (400, {"Upload_Length": "-1"}),
    (400, {"Upload_Length": "٣"}),
    (400, {"Upload_Length": "", "Upload_Defer_Length": "1"}),
    (422, {"Upload_Length": "0"}),
    (413, {"Upload_Length": str(2**31 + 1)}),
    (400, {"Upload_Metadata": "filename ***"}),
    (400, {"Upload_Metadata": said(filename="a\0b")}),
    (400, {"Upload_Metadata": "filename gA=="}),
    (404, {"Upload_Metadata": said(filename="a.csv")}),
    (404, {"Upload_Metadata": said(filename="a.csv", dataset="no-such")}),
    (422, {"Upload_Metadata": "OWN"}),
    (422, {"Upload_Metadata": "OWN," + said(filename="a\nb.csv")}),
    (422, {"Upload_Metadata": "OWN," + said(filename="/")}),
    (400, {"Upload_Metadata": "OWN," + said(filename="a.csv", key="1")}),
]


@pytest.mark.parametrize(("status", "wrong"), BEGIN)
def test_what_makes_no_sense_begins_nothing(status: int, wrong: dict[str, str]) -> None:
    dataset = catalogue.dataset()
    own = said(dataset=dataset.slug)
    sent = {"Upload_Length": "10", "Upload_Metadata": f"{own},{said(filename='a.csv')}"} | wrong
    sent["Upload_Metadata"] = sent["Upload_Metadata"].replace("OWN", own)
    answer = ask(visitor(catalogue.writer(dataset)), "POST", FILES, **sent)
    assert (answer.status_code, answer.headers["Tus-Resumable"]) == (status, "1.0.0")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers.get("Tus-Version") == ("1.0.0" if status == 412 else None)
    assert Upload.objects.count() == 0


NEXT: list[tuple[int, bytes, dict[str, Any]]] = [
    (412, b"x", {"Tus_Resumable": ""}),
    (400, b"x", {"Upload_Offset": "ten"}),
    (409, b"x", {"Upload_Offset": "9"}),
    (409, b"x", {"Upload_Offset": "11"}),
    (413, b"x" * len(CSV), {}),
    (400, b"x", {"Upload_Checksum": "crc32 AAAA"}),
    (400, b"x", {"Upload_Checksum": "sha1 ***"}),
    (460, b"x", {"Upload_Checksum": sha1_of(b"y")}),
]


@pytest.mark.parametrize(("status", "body", "more"), NEXT)
def test_bytes_that_do_not_fit_leave_everything_as_it_was(
    status: int, body: bytes, more: dict[str, Any]
) -> None:
    one = catalogue.unfinished(here=10)
    client = visitor(catalogue.writer(one.dataset))
    address = f"{FILES}{one.pk}/"
    answer = ask(client, "PATCH", address, body, **{"Upload_Offset": "10"} | more)
    assert (answer.status_code, offset(client, address)) == (status, 10)
    assert (files.part(one.pk).read_bytes(), parts()) == (CSV[:10], [f"{one.pk.hex}.part"])


def test_a_body_of_another_type_or_without_an_end_is_not_read() -> None:
    one = catalogue.unfinished(here=10)
    client = visitor(catalogue.writer(one.dataset))
    sent = {"Tus-Resumable": "1.0.0", "Upload-Offset": "10"}
    address = f"{FILES}{one.pk}/"
    assert client.generic("PATCH", address, b"x", content_type="text/csv", headers=sent).status_code == 415
    endless = client.generic(
        "PATCH",
        address,
        b"x",
        content_type=BODY,
        headers=sent,
        CONTENT_LENGTH="",
    )
    assert (endless.status_code, offset(client, address)) == (411, 10)


def test_a_body_that_is_what_its_checksum_says_is_kept() -> None:
    one = catalogue.unfinished(here=10)
    client, address = visitor(catalogue.writer(one.dataset)), f"{FILES}{one.pk}/"
    assert patch(client, address, 10, CSV[10:30], Upload_Checksum=sha1_of(CSV[10:30])).status_code == 204
    # One that broke off is kept as far as it came, unless its checksum was to tell whether it is right.
    for checksum, status, here in (({"Upload-Checksum": sha1_of(CSV[30:40])}, 460, 30), ({}, 204, 40)):
        sent = {"Tus-Resumable": "1.0.0", "Upload-Offset": "30", **checksum}
        broken: Any = {"CONTENT_LENGTH": "40", "wsgi.input": BytesIO(CSV[30:40])}
        answer = client.generic("PATCH", address, b"x", BODY, headers=sent, **broken)
        assert (answer.status_code, offset(client, address)) == (status, here)
    assert files.part(one.pk).read_bytes() == CSV[:40]


def test_what_the_server_can() -> None:
    client = visitor(accounts.person())
    told = ask(client, "OPTIONS", FILES, Tus_Resumable="")
    assert told.status_code == 204
    assert told.headers["Tus-Extension"] == "creation,expiration,termination,checksum"
    assert (told.headers["Tus-Version"], told.headers["Tus-Max-Size"]) == ("1.0.0", str(2**31))
    assert told.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_many_who_send_at_once_are_told_to_come_again() -> None:
    one = catalogue.unfinished(here=10)
    client, address = visitor(catalogue.writer(one.dataset)), f"{FILES}{one.pk}/"
    with ExitStack() as all_places:
        for _place in range(views.places.at_once):
            all_places.enter_context(views.places.taken())
        busy = patch(client, address, 10, b"x")
        assert (busy.status_code, busy.headers["Retry-After"], offset(client, address)) == (503, "5", 10)
    assert patch(client, address, 10, b"x").status_code == 204


def test_a_client_that_can_only_post_says_what_it_means() -> None:
    one = catalogue.unfinished(here=10)
    client, address = visitor(catalogue.writer(one.dataset)), f"{FILES}{one.pk}/"
    meant = {"X_HTTP_Method_Override": "PATCH", "Upload_Offset": "10"}
    assert ask(client, "POST", address, CSV[10:20], **meant).status_code == 204
    assert ask(client, "POST", address, X_HTTP_Method_Override="DELETE").status_code == 204
    # By what asks for no token nothing is ever written.
    assert ask(client, "GET", address, X_HTTP_Method_Override="DELETE").status_code in (405, 410)


# ------------------------------------------------------------------ who may
@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE", "OPTIONS", "GET", "POST"])
def test_an_upload_of_others_is_not_there(method: str) -> None:
    one = catalogue.unfinished()
    member = accounts.person()
    Membership.objects.create(organisation=one.dataset.publisher, person=member, role=Membership.Role.MEMBER)
    for client, status in ((visitor(), 401), (visitor(accounts.person()), 404), (visitor(member), 404)):
        answer = ask(client, method, f"{FILES}{one.pk}/", Upload_Offset="10")
        assert answer.status_code == status
    assert ask(visitor(), method, f"{FILES}{uuid4()}/").status_code == 401
    one.refresh_from_db()
    assert (one.state, one.received) == (UploadState.RECEIVING, 10)


def test_only_writers_begin_one() -> None:
    draft, public = catalogue.dataset(), catalogue.published(title="Another")
    stranger = visitor(accounts.person())
    assert [create(stranger, one, 10).status_code for one in (draft, public)] == [404, 403]
    assert create(visitor(), public, 10).status_code == 401
    assert Upload.objects.filter(state=UploadState.RECEIVING).count() == 0


def test_nobody_is_made_to_send_anything() -> None:
    one = catalogue.unfinished()
    writer = catalogue.writer(one.dataset)
    client, address = visitor(writer, enforce_csrf_checks=True), f"{FILES}{one.pk}/"
    sent = {"Upload_Offset": "10"}
    for method, body in (("PATCH", b"x"), ("DELETE", b"")):
        assert ask(client, method, address, body, **sent).status_code == 403
    assert ask(client, "POST", address, b"x", X_HTTP_Method_Override="PATCH", **sent).status_code == 403
    assert create(client, one.dataset, 10).status_code == 403
    page = client.get(f"/data/{one.dataset.slug}/upload/").content.decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert ask(client, "PATCH", address, b"x", X_CSRFToken=token, **sent).status_code == 204


def test_who_writes_no_more_sends_no_more(at: datetime) -> None:
    one = catalogue.unfinished(at=at)
    actor = catalogue.writer(one.dataset)
    Membership.objects.filter(person=actor).update(role=Membership.Role.MEMBER)
    with pytest.raises(Forbidden):
        resumable.append_piece(actor=actor, upload=one, offset=10, piece=b"x", at=at)
    assert patch(visitor(actor), f"{FILES}{one.pk}/", 10, b"x").status_code == 404
    assert Upload.objects.get(pk=one.pk).received == 10


def test_a_suspended_organisation_sends_nothing() -> None:
    one = catalogue.unfinished()
    client = visitor(catalogue.writer(one.dataset))
    Organisation.objects.filter(pk=one.dataset.publisher_id).update(state="suspended")
    assert patch(client, f"{FILES}{one.pk}/", 10, b"x").status_code == 404
