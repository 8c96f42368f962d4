"""The one way by which mail leaves: after the commit, never inside of a transaction, urgent mail first."""

import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from civic.accounts import mail
from civic.accounts.mail import Backend
from civic.accounts.models import Mail
from civic.core.work import Priority
from civic.settings.environment import email
from tests.factories import accounts
from tests.mail import delivered

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def post(to: str = "a@example.org", **columns: Any) -> None:
    """A letter in the outbox."""
    mail.post(**({"to": to, "subject": "Hello", "text": "You wrote", "at": AT} | columns))


def test_an_urgent_mail_behind_five_thousand_digests_goes_out_first_v9() -> None:
    person = accounts.person()
    digests = [
        Mail(person=person, key=f"d{n}", content="digest", due_at=AT, priority=Priority.BULK)
        for n in range(5000)
    ]
    Mail.objects.bulk_create(digests, batch_size=1000)
    post(at=AT + HOUR, priority=Priority.URGENT)
    assert mail.send_due(at=AT + HOUR, limit=1) == 1
    assert [message.to for message in django_mail.outbox] == [["a@example.org"]]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_inside_of_a_transaction() -> None:
    post()
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        mail.send_due(at=AT)
    assert not django_mail.outbox
    assert mail.send_due(at=AT) == 1


@pytest.mark.django_db(transaction=True)
def test_an_urgent_letter_goes_at_the_commit_and_never_without_it() -> None:
    with transaction.atomic():
        post(priority=Priority.URGENT)
        assert not django_mail.outbox
    assert len(django_mail.outbox) == 1
    with transaction.atomic():
        post(priority=Priority.URGENT)
        transaction.set_rollback(True)
    assert (len(django_mail.outbox), Mail.objects.open().count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_the_letter_waits_and_the_request_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_broker() -> None:
        raise ConnectionError

    monkeypatch.setattr(mail.send_mails, "delay", no_broker)
    post(priority=Priority.URGENT)
    assert Mail.objects.open().count() == 1


def test_while_no_server_answers_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: EmailBackend) -> bool:
        raise ConnectionRefusedError

    post()
    monkeypatch.setattr(EmailBackend, "open", away)
    assert mail.send_due(at=AT) == 0
    assert Mail.objects.get().attempts == 0


def test_a_letter_whose_sender_died_comes_again_and_news_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(self: EmailBackend, messages: list[EmailMessage]) -> None:
        raise smtplib.SMTPServerDisconnected

    post()
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", cut_off)
        assert mail.send_due(at=AT) == 0
    assert mail.send_due(at=AT + HOUR) == 1
    waiting = Mail.objects.create(person=accounts.person(), content="letter", subject="x", due_at=AT)
    monkeypatch.setattr(EmailBackend, "send_messages", cut_off)
    assert mail.send_due(at=AT) == 0
    waiting.refresh_from_db()
    assert waiting.dead_at == AT


def test_what_a_library_sends_waits_in_the_outbox_too() -> None:
    message = EmailMessage("Page", "A comment", to=["Ed <ed@example.org>"], connection=Backend())
    message.send()
    assert Mail.objects.get().address == "ed@example.org"
    assert delivered()[-1].body == "A comment"


def test_what_was_said_and_to_whom_is_forgotten_once_sent() -> None:
    post(unsubscribe="https://city.example/stop", key="k")
    post(key="k")
    mail.send_due(at=AT)
    sent = Mail.objects.get()
    assert (sent.address, sent.subject, sent.text, sent.unsubscribe) == ("", "", "", "")
    post(key="k")
    assert Mail.objects.count() == 1


@contextmanager
def silent_server() -> Iterator[int]:
    """A mail server that lets one connect and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_server_that_says_nothing_is_waited_for_no_longer_than_the_time_out(settings: Any) -> None:
    post()
    settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.2
    with silent_server() as settings.EMAIL_PORT:
        assert mail.send_due(at=AT) == 0
    assert Mail.objects.open().count() == 1


@pytest.mark.parametrize(
    ("url", "tls", "ssl", "port"),
    [
        ("smtp+tls://a:b@mail.example:587", True, False, 587),
        ("smtp+ssl://a:b@mail.example", False, True, 465),
        ("smtp://mail.example", False, False, 25),
    ],
)
def test_the_address_of_the_mail_server_says_how_to_encrypt(
    url: str, tls: bool, ssl: bool, port: int
) -> None:
    known = email(url)
    assert (known["EMAIL_USE_TLS"], known["EMAIL_USE_SSL"], known["EMAIL_PORT"]) == (tls, ssl, port)
    assert known["EMAIL_TIMEOUT"] == 10
    assert "EMAIL_BACKEND" not in known


def test_an_unknown_scheme_stops_the_start() -> None:
    with pytest.raises(SystemExit, match="EMAIL_URL"):
        email("smpt://mail.example")


@pytest.mark.parametrize(
    ("error", "kept"),
    [
        (smtplib.SMTPRecipientsRefused({"zoe@example.org": (550, b"zoe@example.org: no such user")}), "550"),
        (smtplib.SMTPDataError(451, b"zoe@example.org is over quota"), "451"),
        (ValueError("Hello Zoe, zoe@example.org"), "ValueError"),
    ],
)
def test_what_is_kept_of_a_failure_names_nobody(error: Exception, kept: str) -> None:
    described = Mail(address="zoe@example.org").describe(error)
    assert kept in described
    assert "zoe" not in described.lower()
