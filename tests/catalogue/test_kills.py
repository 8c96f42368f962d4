"""Real worker processes, killed with SIGKILL at every step: nothing is half there, and the next one goes on.

A step is the moment before and after each SQL statement, and around each file that is put into the storage.
"""

import hashlib
import itertools
import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

from civic.core import clock
from civic.embedded.processes import wait_until
from datasets.catalogue.models import Dataset, Distribution, Upload, UploadStep
from datasets.catalogue.operations import uploads
from datasets.catalogue.operations.uploads import Answers
from datasets.catalogue.states import UploadState
from tests.factories import catalogue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow_fault]

AT = datetime.fromisoformat("2026-06-01T09:00:00+00:00")


def fork(work: Callable[[], object], *, kill_at: int) -> bool:
    """Does the work in a process that kills itself at its step `kill_at`; whether it came to that."""
    connection.close()
    pid = os.fork()
    if not pid:
        # What the parent has open is left alone, neither used nor closed.
        _parents, connection.connection = connection.connection, None
        try:
            die_at(kill_at)
            work()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def die_at(step: int) -> None:
    """Counts the steps of this process and ends it, as `kill -9` does, at one of them."""
    steps = itertools.count(1)

    def around(execute: Any, *arguments: Any) -> Any:
        for _moment in range(2):
            if next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            if _moment == 0:
                result = execute(*arguments)
        return result

    save = FileSystemStorage._save
    FileSystemStorage._save = lambda self, *rest: around(save, self, *rest)  # type: ignore[method-assign, assignment]
    connection.execute_wrappers.append(around)


def locks() -> int:
    """How many locks of sessions are held in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return int(cursor.fetchone()[0])


def whole(upload: Upload) -> None:
    """Whatever the upload says of its files is there, as it says."""
    if upload.state == UploadState.READ:
        assert upload.found
        for form in ("parquet", "csv"):
            content = getattr(upload, form).read()
            assert hashlib.sha256(content).hexdigest() == upload.found[form]["sha256"]
    else:
        assert (upload.found, upload.parquet.name, upload.csv.name) == (None, "", "")
        assert upload.rejected.count() == 0


def killed_everywhere(work: Callable[[datetime], object]) -> int:
    """Kills the work at its first step, then, once the lease has run out, at its second …; at how many steps."""
    for step in itertools.count(1):
        if not fork(lambda at=AT + step * UploadStep.held_for: work(at), kill_at=step):
            return step - 1
        # The lock of the killed one's session ends with it: the server notices a moment later.
        wait_until(lambda: not locks(), 10)
        # A job that killed so many workers would be given up otherwise.
        UploadStep.objects.update(attempts=0)
        for one in Upload.objects.all():
            whole(one)
    raise AssertionError


def test_a_reader_that_is_killed_leaves_nothing_to_be_seen() -> None:
    one = catalogue.upload(None, catalogue.FAULTY, at=AT)
    assert killed_everywhere(catalogue.work) > 5
    proposed = Upload.objects.get(pk=one.pk)
    assert proposed.state == UploadState.PROPOSED
    uploads.confirm(actor=catalogue.writer(one.dataset), upload=proposed, answers=Answers(), at=AT)
    assert killed_everywhere(catalogue.work) > 10
    read = Upload.objects.get(pk=one.pk)
    assert read.state == UploadState.READ
    whole(read)
    assert read.rejected.count() == 1
    strays = set(default_storage.listdir("catalogue")[1])
    assert len(strays) > 3
    # What the killed ones have left is not of today any more.

    assert uploads.forget_strays(at=clock.now() + timedelta(hours=23)) == 0
    assert uploads.forget_strays(at=clock.now() + timedelta(hours=25)) == len(strays) - 3
    whole(Upload.objects.get(pk=one.pk))


def test_a_publisher_that_is_killed_has_published_all_or_nothing() -> None:
    one = catalogue.read(None, catalogue.FAULTY, at=AT)
    actor = catalogue.writer(one.dataset)

    def publish(at: datetime) -> None:
        catalogue.publish(one, actor=actor, at=at, without_rejected=True)

    for step in itertools.count(1):
        killed = fork(lambda: publish(AT), kill_at=step)
        there = Distribution.objects.count()
        assert there in (0, 2)
        assert Dataset.objects.get(pk=one.dataset_id).latest == there // 2
        if not killed or there:
            break
    assert step > 10
    assert there == 2
