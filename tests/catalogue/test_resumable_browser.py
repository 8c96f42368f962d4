"""A large file in a real browser: it is paused, loses its connection, and goes on after a reload where it was."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route

from datasets.catalogue import files
from datasets.catalogue.models import Upload
from datasets.catalogue.states import UploadState
from tests.catalogue.test_browser import sign_in, sound
from tests.factories import catalogue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Small ones: what a browser sends is slow where each request is looked at on its way.
PART = 1 << 20
# Nothing here is about how long something takes.
PATIENCE = 60_000


def test_a_file_goes_on_where_it_was(phone: Page, live_server: Any, tmp_path: Path, settings: Any) -> None:
    settings.RESUMABLE_PART_BYTES = PART
    phone.set_default_timeout(PATIENCE)
    dataset = catalogue.dataset()
    sign_in(phone, catalogue.writer(dataset), live_server.url)
    content = b"name,n\n" + b"".join(b"lime %07d,%07d\n" % (n, n) for n in range(120_000))
    assert 2 * PART < len(content) < 3 * PART
    path, sent = tmp_path / "trees.csv", []
    path.write_bytes(content)
    phone.on("request", lambda asked: sent.append(offset_of(asked)) if asked.method == "PATCH" else None)

    def no_second_part(route: Route) -> None:
        breaks = route.request.method == "PATCH" and offset_of(route.request) == PART
        route.abort("connectionreset") if breaks else route.continue_()

    phone.route("**/api/v1/files/**", no_second_part)
    phone.goto(f"{live_server.url}/data/{dataset.slug}/upload/")
    phone.get_by_label("File").set_input_files(path)
    phone.get_by_role("button", name="Upload it").click()
    phone.get_by_text("It goes on by itself").wait_for()
    phone.get_by_text(re.compile(r"^1 / 2\.4 MB$")).wait_for()
    sound(phone)
    phone.get_by_role("button", name="Pause").click()
    phone.get_by_text("Paused.").wait_for()
    one = Upload.objects.get()
    assert (one.state, one.received) == (UploadState.RECEIVING, PART)
    assert files.part(one.pk).read_bytes() == content[:PART]

    phone.unroute("**/api/v1/files/**")
    sent.clear()
    phone.reload()
    phone.get_by_role("heading", name="Here in part").wait_for()
    sound(phone)
    phone.get_by_label("File").set_input_files(path)
    phone.get_by_role("button", name="Upload it").click()
    phone.get_by_text("Looking at the file").wait_for()
    # Nothing that was there is sent again.
    assert sent == [PART, 2 * PART]
    one.refresh_from_db()
    assert one.state == UploadState.RECEIVED
    assert files.part(one.pk).read_bytes() == content
    catalogue.work()
    phone.get_by_role("heading", name="What is not clear").or_(
        phone.get_by_text("Say where we are wrong")
    ).first.wait_for()


def test_what_is_refused_is_said_and_a_file_is_given_up(page: Page, live_server: Any, settings: Any) -> None:
    page.set_default_timeout(PATIENCE)
    dataset = catalogue.dataset()
    sign_in(page, catalogue.writer(dataset), live_server.url)
    settings.UPLOAD_QUOTA_BYTES = 10
    address = f"{live_server.url}/data/{dataset.slug}/upload/"
    page.goto(address)
    table = {"name": "trees.csv", "mimeType": "text/csv", "buffer": catalogue.CSV}
    page.get_by_label("File").set_input_files(table)
    page.get_by_role("button", name="Upload it").click()
    page.get_by_text("are under way already").wait_for()
    settings.UPLOAD_QUOTA_BYTES = 2**40
    page.route(
        "**/api/v1/files/*/",
        lambda route: route.abort() if route.request.method == "PATCH" else route.continue_(),
    )
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("It goes on by itself").wait_for()
    page.get_by_role("button", name="Discard this file").click()
    page.get_by_role("button", name="Upload it").wait_for()
    assert Upload.objects.get().state == UploadState.DISCARDED


def offset_of(asked: Request) -> int:
    return int(asked.headers["upload-offset"])
