"""Daily roots leave the database, signed; and the night's recount finds what was tampered with."""

import base64
import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.core import mail as outside
from django.db import connection
from django.test import Client

from civic.accounts import groups, privacy
from civic.accounts import mail as outbox
from civic.accounts.models import Mail
from civic.core import signatures
from marketplace.ledger import operations, queries, signing, subscribing, tasks, verify
from marketplace.ledger.models import DailyRoot, RootSubscriber
from tests.factories import accounts
from tests.ledger.conftest import AT, gift

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ROOTS_DIR = tmp_path / "roots"
    return tmp_path / "roots"


@pytest.fixture
def subscriber() -> RootSubscriber:
    return RootSubscriber.objects.create(address="ada@example.org", confirmed_at=AT)


@time_machine.travel(datetime(2026, 3, 2, 0, 5, tzinfo=UTC))
def test_yesterday_is_closed_signed_filed_and_mailed_once(folder: Path, subscriber: RootSubscriber) -> None:
    RootSubscriber.objects.create(address="never@example.org")
    gift(500, "a")
    assert (tasks.close_day(), tasks.close_day()) == (1, 0)
    said = json.loads((folder / "demo" / "2026-03-01.json").read_text())
    root = DailyRoot.objects.get()
    assert said["statement"]["root"] == root.hex
    assert root.published == ["file", "mail"]
    key = load_pem_public_key(said["public_key"].encode())
    assert isinstance(key, Ed25519PublicKey)
    key.verify(
        base64.b64decode(said["signature"]), verify.canonical(said["statement"])
    )  # raises where it is not
    mail = Mail.objects.get()
    assert mail.address == subscriber.address
    assert root.hex in mail.text
    assert said["signature"] in mail.text


def test_a_root_that_could_not_be_filed_is_published_later(folder: Path, subscriber: RootSubscriber) -> None:
    gift(500, "a")
    root = operations.close_day(book="demo", day=AT.date())
    assert root is not None
    folder.write_text("in the way")
    with pytest.raises(NotADirectoryError):
        operations.publish_root(root=root, at=AT)
    assert list(queries.unpublished_roots()) == [root]
    assert not Mail.objects.exists()
    folder.unlink()
    operations.publish_root(root=root, at=AT)
    operations.publish_root(root=root, at=AT)
    assert not queries.unpublished_roots().exists()
    assert Mail.objects.count() == 1


def test_the_mail_says_how_to_stop_it(client: Client, folder: Path, subscriber: RootSubscriber) -> None:
    gift(500, "a")
    root = operations.close_day(book="demo", day=AT.date())
    assert root is not None
    operations.publish_root(root=root, at=AT)
    link = subscribing.stop_link(subscriber)
    assert link in Mail.objects.get().text
    outbox.send_due(at=AT)
    (sent,) = outside.outbox
    assert sent.extra_headers["List-Unsubscribe"] == f"<{link}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = link.removeprefix("http://localhost:8000")
    assert client.get(path).status_code == 200
    assert RootSubscriber.objects.exists()
    assert client.post(path).status_code == 200
    assert not RootSubscriber.objects.exists()
    assert client.get(path).status_code == 404


def test_the_root_and_the_key_are_on_the_page(client: Client) -> None:
    gift(500, "a")
    root = operations.close_day(book="demo", day=AT.date())
    assert root is not None
    page = client.get("/money/verify/").content.decode()
    assert root.hex in page
    assert signatures.public_key().splitlines()[1] in page
    assert client.get("/money/roots/2026-03-01.json").json() == signing.signed(root)
    assert client.get("/money/roots/2026-03-09.json").status_code == 404
    assert client.get("/money/roots/2026-99-99.json").status_code == 404


def test_a_healthy_ledger_raises_no_alarm() -> None:
    for number in range(20):
        gift(number + 1, f"k{number}")
    operations.take_checkpoints(at=AT, tail=3)
    operations.close_day(book="demo", day=AT.date())
    assert (tasks.recount(), operations.recount()) == (0, [])


# What only the owner of the tables can do, with the triggers off.
TAMPERING = [
    ("posting", "UPDATE ledger_posting SET amount = amount * 2", "does not hold"),
    ("checkpoint", "UPDATE ledger_checkpoint SET balance = balance - 1", "its postings sum to"),
    ("link", "DELETE FROM ledger_link WHERE seq = 2", "neither linked nor waiting"),
    ("entry", "UPDATE ledger_entry SET public = '{\"amount\": 1}'", "does not hold"),
    ("dailyroot", "UPDATE ledger_dailyroot SET root = chain", "does not hold"),
    ("account", "UPDATE ledger_account SET floor_zero = false WHERE code = 'held'", "does not hold"),
    ("account", "UPDATE ledger_account SET kind = 'Q' WHERE code = 'held'", "does not hold"),
    ("account", "UPDATE ledger_account SET code = 'mine' WHERE code = 'held'", "does not hold"),
]


@pytest.mark.parametrize(("table", "sql", "what"), TAMPERING)
def test_what_the_owner_tampers_with_is_found_at_night(
    caplog: pytest.LogCaptureFixture, table: str, sql: str, what: str
) -> None:
    for number in range(4):
        gift(number + 1, f"k{number}")
    operations.take_checkpoints(at=AT, tail=3)
    operations.close_day(book="demo", day=AT.date())
    with connection.cursor() as cursor:
        connection.check_constraints()
        cursor.execute(f"ALTER TABLE ledger_{table} DISABLE TRIGGER USER; {sql}")
    with caplog.at_level(logging.ERROR):
        assert any(what in line for line in operations.recount())
    assert what in caplog.text


def test_who_subscribed_can_export_and_erase_it() -> None:
    person = accounts.person()
    RootSubscriber.objects.create(address=person.email)
    RootSubscriber.objects.create(address="other@example.org")
    entry = next(one for one in privacy.personal_data if one.model == "ledger.RootSubscriber")
    assert [row.address for row in entry.rows(person)] == [person.email]
    privacy.erase(entry, person)
    assert [row.address for row in RootSubscriber.objects.all()] == ["other@example.org"]
    assert not [column for column in privacy.undeclared() if column.startswith("ledger.")]


@pytest.mark.parametrize("group", [groups.FINANCE_OFFICERS, groups.AUDITORS])
def test_the_desk_reads_and_changes_nothing(group: str) -> None:
    entry = gift(500, "a")
    client = Client()
    client.force_login(accounts.staff(group))
    account = entry.postings.all()[0].account
    for path in (
        "entry",
        f"entry/{entry.pk}/change",
        "account",
        f"account/{account.pk}/change",
        "dailyroot",
        "checkpoint",
    ):
        assert client.get(f"/admin/ledger/{path}/").status_code == 200, path
    for path in ("entry/add", f"entry/{entry.pk}/delete", f"account/{account.pk}/delete"):
        assert client.get(f"/admin/ledger/{path}/").status_code == 403, path
    assert client.post(f"/admin/ledger/entry/{entry.pk}/change/", {"kind": "x"}).status_code == 403
