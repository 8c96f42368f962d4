"""A file in parts whose bytes, whose upload or whose session is another one when it goes on."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from civic.core import clock
from datasets.catalogue import files
from datasets.catalogue.models import Dataset, Upload
from datasets.catalogue.operations.uploads import discard_upload
from datasets.catalogue.states import UploadState
from tests.catalogue.test_browser import sign_in
from tests.factories import catalogue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Small ones: what a browser sends is slow where each request is looked at on its way.
PART = 50_000
OLD, NEW = (b"name,n\n" + letter * (PART + 1000) + b",1\n" for letter in (b"d", b"e"))
BUSY = '{"detail": "Many files are being sent at this moment."}'
# Nothing here is about how long something takes.
PATIENCE = 60_000


@pytest.fixture(autouse=True)
def small_parts(settings: Any) -> None:
    settings.RESUMABLE_PART_BYTES = PART


def choose(page: Page, path: Path) -> None:
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Upload it").click()


def no_second_part(route: Route) -> None:
    if int(route.request.headers.get("upload-offset", "0")):
        route.fulfill(status=503, content_type="application/problem+json", body=BUSY)
    else:
        route.continue_()


def half_sent(page: Page, url: str, path: Path) -> tuple[Dataset, Upload]:
    """A dataset and its upload, of which the first part is here; the page is paused."""
    dataset = catalogue.dataset()
    page.set_default_timeout(PATIENCE)
    sign_in(page, catalogue.writer(dataset), url)
    path.write_bytes(OLD)
    page.route("**/api/v1/files/**", no_second_part)
    page.goto(f"{url}/data/{dataset.slug}/upload/")
    choose(page, path)
    page.get_by_text("Many files are being sent at this moment. It goes on by itself.").wait_for()
    page.get_by_role("button", name="Pause").click()
    page.get_by_text("Paused.").wait_for()
    one = Upload.objects.get()
    assert (one.state, one.received) == (UploadState.RECEIVING, PART)
    page.unroute("**/api/v1/files/**")
    return dataset, one


def arrived(page: Page, before: Upload) -> Upload:
    """The upload that came after this one, once all of it is here."""
    page.get_by_text("Looking at the file").wait_for()
    return Upload.objects.exclude(pk=before.pk).get()


def test_another_file_of_the_same_name_size_and_time_begins_anew_1128_tu1_tu10(
    page: Page, live_server: Any, tmp_path: Path
) -> None:
    path = tmp_path / "trees.csv"
    _dataset, old = half_sent(page, live_server.url, path)
    time = path.stat().st_mtime_ns
    path.write_bytes(NEW)
    os.utime(path, ns=(time, time))
    page.reload()
    choose(page, path)
    assert files.part(arrived(page, old).pk).read_bytes() == NEW
    old.refresh_from_db()
    assert (old.state, old.received) == (UploadState.RECEIVING, PART)


def test_a_changed_file_and_a_discarded_upload_are_told_1128_tu2_tu3(
    page: Page, live_server: Any, tmp_path: Path
) -> None:
    path = tmp_path / "trees.csv"
    dataset, one = half_sent(page, live_server.url, path)
    path.write_bytes(NEW + b"one more,2\n")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("The file has changed on this device").wait_for()
    page.get_by_role("button", name="Upload it").wait_for()
    assert Upload.objects.get().received == PART

    path.write_bytes(OLD)
    page.route("**/api/v1/files/**", no_second_part)
    choose(page, path)
    page.get_by_text("It goes on by itself").wait_for()
    discard_upload(actor=catalogue.writer(dataset), upload=one, at=clock.now())
    page.get_by_text("This upload was discarded").wait_for()
    assert Upload.objects.get().state == UploadState.DISCARDED

    page.unroute("**/api/v1/files/**")
    choose(page, path)
    assert arrived(page, one).state == UploadState.RECEIVED


def test_who_signs_in_again_goes_on_1128_tu4(page: Page, live_server: Any, tmp_path: Path) -> None:
    path = tmp_path / "trees.csv"
    dataset, one = half_sent(page, live_server.url, path)
    # What signing in again does: another session, and another secret behind the tokens.
    page.context.clear_cookies()
    sign_in(page, catalogue.writer(dataset), live_server.url)
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("Looking at the file").wait_for()
    assert files.part(one.pk).read_bytes() == OLD
