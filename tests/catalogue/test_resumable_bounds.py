"""A file that comes in parts: how large it may be, beside which others, and when it ends."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from civic.core import clock
from civic.core.errors import Conflict, Gone, Invalid
from datasets.catalogue import files
from datasets.catalogue.models import Upload
from datasets.catalogue.operations import resumable, uploads
from datasets.catalogue.operations.uploads import KEPT, MOST_OPEN, TooLarge
from datasets.catalogue.states import UploadState
from tests.catalogue.tus import FILES, ask, parts, patch
from tests.factories import catalogue
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
CSV = catalogue.CSV


def test_all_files_under_way_of_an_organisation_have_a_bound(at: datetime, settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = 3 * len(CSV)
    first = catalogue.unfinished(at=at)
    actor, publisher = catalogue.writer(first.dataset), first.dataset.publisher
    second = catalogue.dataset(actor, publisher=publisher, title="Another", at=at)
    catalogue.upload(second, at=at)

    def begin(size: int) -> Upload:
        return resumable.begin_resumable(actor=actor, dataset=second, name="a.csv", size=size, at=at)

    with pytest.raises(Conflict, match="are under way already") as refused:
        begin(len(CSV) + 1)
    assert refused.value.code == "quota"
    begin(len(CSV))
    with pytest.raises(Conflict, match="are under way already"):
        catalogue.upload(second, at=at)
    uploads.discard_upload(actor=actor, upload=first, at=at)
    catalogue.upload(second, at=at)
    # Another organisation has its own.
    catalogue.unfinished(at=at)
    settings.UPLOAD_QUOTA_BYTES = 2**40
    for _number in range(MOST_OPEN - 3):
        begin(1)
    with pytest.raises(Conflict, match="Many files"):
        begin(1)


def test_no_file_is_larger_than_its_bounds(at: datetime, settings: Any) -> None:
    dataset = catalogue.dataset(at=at)
    settings.RESUMABLE_MAX_BYTES = settings.UPLOAD_MAX_BYTES = len(CSV) - 1
    with pytest.raises(TooLarge):
        catalogue.unfinished(dataset, at=at)
    with pytest.raises(TooLarge):
        catalogue.upload(dataset, at=at)
    settings.RESUMABLE_MAX_BYTES = len(CSV)
    one = catalogue.unfinished(dataset, at=at)
    with pytest.raises(TooLarge):
        resumable.append_piece(actor=catalogue.writer(dataset), upload=one, offset=10, piece=CSV, at=at)
    with pytest.raises(Invalid):
        resumable.begin_resumable(actor=catalogue.writer(dataset), dataset=dataset, name="a", size=0, at=at)


def test_an_upload_is_given_up_by_hand(django_capture_on_commit_callbacks: Any) -> None:
    one = catalogue.unfinished()
    client, address = visitor(catalogue.writer(one.dataset)), f"{FILES}{one.pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(client, "DELETE", address).status_code == 204
    assert (Upload.objects.get().state, parts()) == (UploadState.DISCARDED, [])
    for method in ("HEAD", "PATCH", "DELETE"):
        assert ask(client, method, address, Upload_Offset="10").status_code == 410
    with pytest.raises(Gone):
        resumable.append_piece(
            actor=catalogue.writer(one.dataset), upload=one, offset=10, piece=b"x", at=clock.now()
        )
    assert parts() == []


def test_one_that_nobody_goes_on_with_for_a_week_expires(
    at: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    one = catalogue.unfinished(at=at)
    later, actor = at + timedelta(days=6), catalogue.writer(one.dataset)
    assert uploads.expire_uploads(at=later) == 0
    resumable.append_piece(actor=actor, upload=one, offset=10, piece=CSV[10:20], at=later)
    assert uploads.expire_uploads(at=at + KEPT) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads.expire_uploads(at=later + KEPT) == 1
    assert (Upload.objects.get().state, parts()) == (UploadState.EXPIRED, [])
    assert ask(visitor(actor), "HEAD", f"{FILES}{one.pk}/").status_code == 410


def test_one_that_is_given_up_while_a_worker_takes_it_in_leaves_nothing(at: datetime) -> None:
    one = catalogue.unfinished(here=len(CSV), at=at)
    stale = Upload.objects.get(pk=one.pk)
    uploads.discard_upload(actor=catalogue.writer(one.dataset), upload=one, at=at)
    files.write_part(one.pk, 0, CSV)
    assert not resumable.take_in(stale)
    assert (parts(), default_storage.listdir("catalogue")[1]) == ([], [])


def test_a_slower_worker_takes_nothing_away(at: datetime) -> None:
    one = catalogue.unfinished(here=len(CSV), at=at)
    stale = Upload.objects.get(pk=one.pk)
    catalogue.work(at)
    assert not resumable.take_in(stale)
    one.refresh_from_db()
    assert (one.state, one.file.read()) == (UploadState.PROPOSED, CSV)


def test_a_part_that_is_lost_on_the_disk_is_said_and_not_sent_behind() -> None:
    one = catalogue.unfinished()
    client, address = visitor(catalogue.writer(one.dataset)), f"{FILES}{one.pk}/"
    files.part(one.pk).write_bytes(b"123")
    assert patch(client, address, 10, b"x").status_code == 410
    files.part(one.pk).unlink()
    assert patch(client, address, 10, b"x").status_code == 410
    assert Upload.objects.get().received == 10


def test_stray_parts_go_and_those_under_way_stay(at: datetime) -> None:
    one, whole = catalogue.unfinished(), catalogue.unfinished(here=len(CSV))
    stray = files.part(uuid4())
    stray.write_bytes(b"x")
    later = clock.now() + timedelta(hours=25)
    # Taken in by a worker that was killed before its row told so.
    files.keep_part(whole.pk, whole.name)
    assert uploads.forget_strays(at=clock.now()) == 0
    assert uploads.forget_strays(at=later) == 1
    assert (Path(stray).exists(), files.part(one.pk).exists()) == (False, True)
    catalogue.work()
    whole.refresh_from_db()
    assert (whole.state, whole.file.read()) == (UploadState.PROPOSED, CSV)
