"""A download that runs: it is asked again, and stops once its grant is suspended. With real transactions."""

import threading
from typing import Any

import pytest
from django.db import connection

from civic.core import clock
from civic.core.errors import Forbidden
from datasets.access.operations import grants
from datasets.catalogue.operations import datasets
from datasets.catalogue.views import files
from tests.factories import accounts, catalogue
from tests.factories import data_access as access
from tests.visiting import visitor

pytestmark = pytest.mark.django_db(transaction=True)
# Of several pieces: the file is larger than one of them.
ROWS = b"name,n\n" + b"".join(b"%06d%s,%d\n" % (n, b"x" * 60, n) for n in range(6000))


def elsewhere(verb: Any) -> None:
    """Does it in a thread of its own, whose transaction is committed when this returns."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            verb()
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    assert not failed, failed


@pytest.mark.parametrize("end", ["suspend", "revoke", "end", "withdraw", "expire"])
def test_a_download_that_runs_stops_at_its_next_check(settings: Any, end: str) -> None:
    settings.DOWNLOAD_CHECK_BYTES = 2 * files.PIECE
    dataset, reader = access.dataset(content=ROWS), accounts.person()
    grant, writer = access.grant(dataset, reader), catalogue.writer(dataset)
    answer = visitor(reader).get(f"/data/{dataset.slug}/latest.csv")
    stream = iter(answer.streaming_content)
    got = [len(next(stream))]
    ends = {
        "suspend": lambda: grants.suspend_grant(actor=writer, grant=grant, reason="Why.", at=clock.now()),
        "revoke": lambda: grants.revoke_grant(actor=writer, grant=grant, reason="Why.", at=clock.now()),
        "end": lambda: grants.end_grant(actor=reader, grant=grant, at=clock.now()),
        "withdraw": lambda: datasets.withdraw(actor=writer, dataset=dataset, reason="Why.", at=clock.now()),
        "expire": lambda: grants.expire_grants(at=grant.expires_at),
    }
    elsewhere(ends[end])
    with pytest.raises(Forbidden):
        got.extend(map(len, stream))
    assert sum(got) <= settings.DOWNLOAD_CHECK_BYTES < len(ROWS)


def test_an_open_download_that_runs_stops_once_the_dataset_is_closed(settings: Any) -> None:
    settings.DOWNLOAD_CHECK_BYTES = files.PIECE
    dataset = catalogue.published(content=ROWS)
    stream = iter(visitor(None).get(f"/data/{dataset.slug}/latest.csv").streaming_content)
    next(stream)
    closed = catalogue.said(access_level="on_request")
    writer = catalogue.writer(dataset)
    elsewhere(lambda: datasets.describe(actor=writer, dataset=dataset, said=closed, at=clock.now()))
    with pytest.raises(Forbidden):
        list(stream)


def test_a_slow_reader_is_asked_by_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST_UNASKED", -1)
    dataset, reader = access.dataset(content=ROWS), accounts.person()
    grant = access.grant(dataset, reader)
    stream = iter(visitor(reader).get(f"/data/{dataset.slug}/latest.csv").streaming_content)
    next(stream)
    elsewhere(lambda: grants.end_grant(actor=reader, grant=grant, at=clock.now()))
    with pytest.raises(Forbidden):
        next(stream)


def test_a_download_that_nothing_happens_to_is_whole(settings: Any) -> None:
    settings.DOWNLOAD_CHECK_BYTES = files.PIECE
    dataset, reader = access.dataset(content=ROWS), accounts.person()
    access.grant(dataset, reader)
    answer = visitor(reader).get(f"/data/{dataset.slug}/latest.csv")
    assert b"".join(answer.streaming_content) == ROWS
