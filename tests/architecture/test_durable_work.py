"""One row of durable work, one runner, one way by which mail leaves; a planted copy of either is found."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from civic.core.work import Job
from tests.architecture.source import parse, walk

BASE = Path(settings.BASE_DIR)
PACKAGES = ("civic", "projects", "marketplace", "datasets")
QUEUE = {"attempts", "due_at"}
# The module that sends, and the demo's post box, which it sends to.
MAIL = ("civic/accounts/mail.py", "civic/demo/mail.py")
SENDING = {"send_mail", "send_mass_mail", "mail_admins", "mail_managers", "get_connection"}


def second_queues(found: list[type[models.Model]]) -> list[str]:
    """Models that keep tries and when to try again by themselves."""
    own = [model for model in found if not issubclass(model, Job)]
    return [model.__name__ for model in own if {field.name for field in model._meta.get_fields()} >= QUEUE]


def files() -> Iterator[Path]:
    """Our own code, without migrations."""
    for package in PACKAGES:
        yield from (file for file in (BASE / package).rglob("*.py") if "migrations" not in file.parts)


def mail_senders(tree: ast.AST) -> list[str]:
    """Names by which this code would talk to a mail server: Django's, or the standard library's."""
    found = []
    for node in walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.core.mail"):
            found += [name.name for name in node.names]
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
            )
            found += [name for name in modules if name in {"django.core.mail", "smtplib"}]
        if isinstance(node, ast.Call) and name_of(node.func) in {"send", *SENDING, "email_user"}:
            found.append(name_of(node.func))
    return found


def name_of(function: ast.expr) -> str:
    """`send` of `message.send`."""
    return getattr(function, "attr", getattr(function, "id", ""))


def claims(tree: ast.AST) -> bool:
    """Whether it takes rows that nobody else holds, as a runner of jobs does."""
    calls = (node for node in walk(tree) if isinstance(node, ast.Call))
    return any(keyword.arg == "skip_locked" for call in calls for keyword in call.keywords)


def test_every_queue_is_a_job() -> None:
    queues = [model for model in apps.get_models() if issubclass(model, Job)]
    assert len(queues) >= 5
    assert second_queues(apps.get_models()) == []


def test_a_second_queue_is_found() -> None:
    class Errand(models.Model):  # noqa: DJ008
        attempts = models.IntegerField()
        due_at = models.DateTimeField()

        class Meta:
            app_label = "planted"

    try:
        assert second_queues([Errand]) == ["Errand"]
    finally:
        apps.all_models.pop("planted")


# Beside the runner: what makes jobs of events and notifications, and what adds up support.
GATHER = {
    "civic/core/work.py",
    "civic/core/events.py",
    "civic/notifications/outbox.py",
    "projects/proposals/operations/supports.py",
}


def test_one_runner_claims_jobs() -> None:
    assert {str(file.relative_to(BASE)) for file in files() if claims(parse(file.read_text()))} <= GATHER


def test_a_second_runner_is_found() -> None:
    assert claims(parse("Command.objects.select_for_update(skip_locked=True).first()"))


def test_mail_leaves_by_one_module() -> None:
    senders = {str(file.relative_to(BASE)): mail_senders(parse(file.read_text())) for file in files()}
    allowed = {*MAIL, "civic/accounts/models/mail.py"}  # the last one names the server's refusals
    assert {name: found for name, found in senders.items() if found and name not in allowed} == {}
    assert "send" in senders[MAIL[0]]


@pytest.mark.parametrize(
    "planted",
    [
        "from django.core.mail import send_mail",
        "from django.core import mail\nmail.send_mail('a', 'b', 'c', ['d'])",
        "import smtplib",
        "def on_invoice(message):\n    message.send()",
        "person.email_user('a', 'b')",
    ],
)
def test_a_second_mail_path_is_found(planted: str) -> None:
    assert mail_senders(parse(planted))


def test_every_mail_server_has_a_time_out() -> None:
    assert 0 < settings.EMAIL_TIMEOUT <= 30
