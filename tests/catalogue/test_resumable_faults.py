"""Parts of a file while processes are killed, connections cut and two send at once: the offset is always exact."""

import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings as site
from django.db import OperationalError, connection, transaction
from django.test import Client

from civic.accounts.models import Person
from civic.accounts.operations import lock_person
from civic.accounts.operations.organisations import lock_left_alone
from civic.core.errors import Conflict
from civic.embedded.processes import wait_until
from datasets.catalogue import files
from datasets.catalogue.models import Dataset, Upload, UploadStep
from datasets.catalogue.operations import resumable, uploads
from datasets.catalogue.states import UploadState
from tests.catalogue.test_kills import AT, fork, locks
from tests.catalogue.tus import BODY, FILES
from tests.database import Databases
from tests.factories import catalogue
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
CSV = catalogue.CSV
SIZE = 24 << 20


def is_exact(one: Upload, content: bytes) -> Upload:
    """The bytes that its row tells of are there, in the part or in the storage."""
    one.refresh_from_db()
    if one.file:
        assert one.file.read() == content
    elif one.state == UploadState.RECEIVING:
        assert files.part(one.pk).read_bytes()[: one.received] == content[: one.received]
    else:
        assert files.keep_part(one.pk, one.name).sha256 == sha256(content).hexdigest()
    return one


@pytest.mark.slow_fault
def test_a_sender_that_is_killed_has_sent_the_whole_piece_or_nothing() -> None:
    one = catalogue.unfinished(here=10, at=AT)
    actor, rest = catalogue.writer(one.dataset), CSV[10:]

    def send(at: int) -> Callable[[], object]:
        return lambda: resumable.append_piece(
            actor=actor, upload=one, offset=at, piece=rest[at - 10 :][:40], at=AT
        )

    died = 0
    while is_exact(one, CSV).state == UploadState.RECEIVING:
        for step in itertools.count(1):
            before = Upload.objects.get(pk=one.pk).received
            if before == len(CSV) or not fork(send(before), kill_at=step):
                break
            died += 1
            # The row's lock ends with the session of the killed one.
            after = is_exact(one, CSV).received
            assert after in (before, before + 40, len(CSV))
    assert died > 10
    assert UploadStep.objects.filter(upload=one).count() == 1


@pytest.mark.slow_fault
def test_a_worker_that_is_killed_while_it_takes_a_file_in_loses_nothing() -> None:
    one = catalogue.unfinished(here=len(CSV), at=AT)
    for step in itertools.count(1):
        at = AT + step * UploadStep.held_for
        if not fork(lambda at=at: catalogue.work(at), kill_at=step):  # type: ignore[misc]
            break
        wait_until(lambda: not locks(), 10)
        UploadStep.objects.update(attempts=0)
        if Upload.objects.get(pk=one.pk).file:
            is_exact(one, CSV)
    assert step > 10
    assert is_exact(one, CSV).state == UploadState.PROPOSED
    assert list(Path(site.RECEIVING_DIR).iterdir()) == []


def test_of_two_who_send_at_once_each_piece_is_of_one() -> None:
    """Each writes another letter at every offset: whoever is second there is refused, and nothing is mixed."""
    one = catalogue.unfinished(content=b"-" * 400, here=0, at=AT)
    actor, start = catalogue.writer(one.dataset), threading.Barrier(4)
    won: dict[int, list[bytes]] = {}
    refused: list[Conflict] = []

    def send(letter: bytes) -> None:
        start.wait()
        for offset in range(0, 400, 20):
            try:
                resumable.append_piece(actor=actor, upload=one, offset=offset, piece=letter * 20, at=AT)
                won.setdefault(offset, []).append(letter)
            except Conflict as error:
                refused.append(error)
        connection.close()

    threads = [threading.Thread(target=send, args=(letter,)) for letter in (b"a", b"b", b"c", b"d")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one.refresh_from_db()
    content = files.part(one.pk).read_bytes()
    assert one.received == 20 * len(won)
    assert content == b"".join(letters[0] * 20 for _offset, letters in sorted(won.items()))
    assert all(len(letters) == 1 for letters in won.values())
    assert {error.code for error in refused} == {"offset"}
    assert UploadStep.objects.filter(upload=one).count() == (one.state == UploadState.RECEIVED)


def test_the_room_that_is_left_is_given_once(settings: Any) -> None:
    """Each of two datasets of one organisation begins a file at the same moment, and there is room for one."""
    settings.UPLOAD_QUOTA_BYTES = 10
    first = catalogue.dataset(at=AT)
    actor = catalogue.writer(first)
    second = catalogue.dataset(actor, publisher=first.publisher, title="Another", at=AT)
    start, outcomes = threading.Barrier(2), []

    def begin(dataset: Dataset) -> None:
        start.wait()
        try:
            resumable.begin_resumable(actor=actor, dataset=dataset, name="a.csv", size=8, at=AT)
            outcomes.append("done")
        except Conflict as error:
            outcomes.append(error.code)
        connection.close()

    for _round in range(10):
        threads = [threading.Thread(target=begin, args=(dataset,)) for dataset in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["done", "quota"]
        outcomes.clear()
        uploads.discard_upload(actor=actor, upload=Upload.objects.get(state=UploadState.RECEIVING), at=AT)


def test_who_begins_a_file_and_is_erased_at_that_moment_waits_in_no_circle() -> None:
    dataset = catalogue.dataset(at=AT)
    actor, wrong = catalogue.writer(dataset), []
    has_person, begins = threading.Event(), threading.Event()

    def erase() -> None:
        """As far as the locks go."""
        with transaction.atomic():
            lock_person(actor)
            has_person.set()
            begins.wait()
            time.sleep(0.3)
            lock_left_alone(actor)
        connection.close()

    thread = threading.Thread(target=erase)
    thread.start()
    has_person.wait()
    begins.set()
    try:
        resumable.begin_resumable(actor=actor, dataset=dataset, name="a.csv", size=8, at=AT)
    except OperationalError as error:
        wrong.append(error)
    thread.join()
    assert wrong == []


# ------------------------------------------------------------------ real web processes
@contextmanager
def served(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The site in a process of its own, as the Procfile serves it, on this test's database and files."""
    databases = Databases.of_this_run()
    address = databases.url_of(connection.settings_dict["NAME"])
    known = {"DJANGO_SETTINGS_MODULE": "tests.catalogue.served", "DATABASE_URL": address}
    options = f"--interface wsgi --host 127.0.0.1 --port {port} --workers 1 --blocking-threads 8"
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *options.split(), "civic.wsgi:application"],
        env=os.environ | known | {"RECEIVING_DIR": str(site.RECEIVING_DIR)},
        start_new_session=True,
    )
    try:
        wait_until(lambda: _answers(port), 60)
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        # Its worker holds the port a moment longer: the next site would be asked before it is there.
        wait_until(lambda: not _answers(port), 10)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


class Sender:
    """A program that sends a file to the site."""

    def __init__(self, person: Person, port: int) -> None:
        client = Client()
        client.force_login(person)
        token = "t" * 32
        cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
        self.port = port
        self.headers = {"Cookie": cookies, "X-CSRFToken": token, "Tus-Resumable": "1.0.0"}

    def ask(self, method: str, address: str, body: bytes | None = None, **more: str) -> HTTPResponse:
        server = HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in more.items()}
        server.request(method, address, body, self.headers | named)
        answer = server.getresponse()
        answer.read()
        return answer

    def offset(self, address: str) -> int:
        return int(self.ask("HEAD", address).headers["Upload-Offset"])

    def begin_body(self, address: str, offset: int, length: int, some: bytes) -> socket.socket:
        """Sends a request with some of the bytes that it promises; the connection stays."""
        headers = self.headers | {"Host": "127.0.0.1", "Upload-Offset": str(offset), "Content-Type": BODY}
        lines = [f"PATCH {address} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        open_one = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        open_one.sendall("\r\n".join([*lines, f"Content-Length: {length}", "", ""]).encode() + some)
        return open_one


@pytest.mark.slow_fault
def test_a_killed_web_process_and_a_cut_connection_lose_no_part() -> None:
    content = Random(1).randbytes(SIZE)
    one = catalogue.unfinished(content=content, here=0)
    address = f"{FILES}{one.pk}/"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    sender = Sender(catalogue.writer(one.dataset), port)

    def here() -> int:
        return Upload.objects.get(pk=one.pk).received

    with served(port) as process:
        hanging = sender.begin_body(address, 0, SIZE, content[: 10 << 20])
        wait_until(lambda: here() >= 8 << 20, 30)
        os.killpg(process.pid, signal.SIGKILL)
        hanging.close()
    killed_at = is_exact(one, content).received
    assert 8 << 20 <= killed_at <= 10 << 20

    with served(port):
        assert sender.offset(address) == killed_at
        cut = sender.begin_body(address, killed_at, SIZE - killed_at, content[killed_at:][: 3 << 20])
        time.sleep(0.5)
        # While the one before hangs: another request does not wait for it, and its bytes count once.
        assert sender.ask("PATCH", address, b"x", Upload_Offset="0", Content_Type=BODY).status == 409
        cut.close()
        wait_until(lambda: here() == killed_at + (3 << 20), 30)
        offset = sender.offset(address)
        assert is_exact(one, content).received == offset == killed_at + (3 << 20)
        rest = sender.ask("PATCH", address, content[offset:], Upload_Offset=str(offset), Content_Type=BODY)
        assert (rest.status, rest.headers["Upload-Offset"]) == (204, str(SIZE))
        sends_by_the_how_to(one, port, content)
    assert is_exact(one, content).state == UploadState.RECEIVED


def sends_by_the_how_to(one: Upload, port: int, content: bytes) -> None:
    """The script of the documentation brings the same file, after a password; with another one it does not go on."""
    text = (site.BASE_DIR / "docs" / "howto" / "upload.md").read_text()
    script = text.partition("```sh\n")[2].partition("```")[0]
    file = Path(site.WORK_DIR).with_name("how to.csv")
    file.write_bytes(content)
    known = {"SITE": f"http://127.0.0.1:{port}", "DATASET": one.dataset.slug, "FILE": str(file)}
    known |= {"MAIL": catalogue.writer(one.dataset).email, "PASSWORD": PASSWORD}

    run = partial(subprocess.run, ["bash", "-c", script], capture_output=True, text=True, check=False)
    said = run(env=os.environ | known)
    assert said.returncode == 0, said
    sent = Upload.objects.get(name="how to.csv")
    begun = dict(word.split("=", 1) for word in said.stdout.split())
    assert begun["ADDRESS"] == f"{FILES}{sent.pk}/"
    assert is_exact(sent, content).state == UploadState.RECEIVED
    file.write_bytes(content[::-1])
    assert "not the file that was begun" in run(env=os.environ | known | begun).stderr
