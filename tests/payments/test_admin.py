"""The finance officer's desk: money is only read there, and verbs are actions with reasons."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from civic.core.errors import Conflict
from civic.core.models import Event
from marketplace.payments import operations
from marketplace.payments.models import Command, Message, Refund, StatementLine, Transfer
from marketplace.payments.operations import charges
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, balances
from tests.payments.bank_files import row, table
from tests.visiting import with_password

pytestmark = pytest.mark.django_db
LISTS = [
    "charge",
    "refund",
    "transfer",
    "command",
    "message",
    "reconciliation",
    "statement",
    "statementline",
]


@pytest.fixture
def officers():
    from django.apps import apps

    from civic.accounts import groups

    groups.sync(apps.get_app_config("payments"))
    return [accounts.staff("finance-officers") for _ in range(2)]


def desk(person):
    return with_password(Client(), person)


def act(person, model, action, *rows, **more):
    sent = {"action": action, ACTION_CHECKBOX_NAME: [row.pk for row in rows], "confirmed": "yes", **more}
    answer = desk(person).post(f"/admin/payments/{model}/", sent, follow=True)
    return answer.content.decode()


@pytest.mark.parametrize("model", LISTS)
def test_lists_are_read_and_nothing_is_added_or_changed(officers, model):
    operations.import_statement(actor=officers[0], content=table(row("3.00")), at=AT)
    payments.paid()
    client = desk(officers[0])
    assert client.get(f"/admin/payments/{model}/").status_code == 200
    assert client.get(f"/admin/payments/{model}/add/").status_code == 403
    assert desk(accounts.staff("moderators")).get(f"/admin/payments/{model}/").status_code == 403


def test_a_charge_is_shown_and_cannot_be_changed(officers):
    charge, client = payments.paid(), desk(officers[0])
    address = f"/admin/payments/charge/{charge.pk}/change/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"amount_minor": 1}).status_code == 403


def test_a_refund_needs_a_reason_and_an_officer(officers):
    charge = payments.paid()
    assert "Say why" in act(officers[0], "charge", "refund_rest", charge)
    auditor = accounts.staff("auditors")
    assert 'name="action"' not in act(auditor, "charge", "refund_rest", charge, reason="x")
    assert Refund.objects.count() == 0
    act(officers[0], "charge", "refund_rest", charge, reason="Project ended")
    assert (Refund.objects.get().reason, balances()[f"refund/{Refund.objects.get().pk}"]) == (
        "Project ended",
        2500,
    )


def test_a_statement_is_read_and_a_line_settled_by_two(officers):
    first, second = officers
    charge = payments.charge(provider="bank")
    payments.work()
    charge.refresh_from_db()
    file = SimpleUploadedFile("march.csv", table(row("25.00")))
    answer = desk(first).post("/admin/payments/statement/read/", {"file": file}, follow=True)
    assert "1 new movement: 0 understood, 1 to be looked at." in answer.content.decode()
    line = StatementLine.objects.get()
    act(
        first,
        "statementline",
        "propose_line_match",
        line,
        proposal="charge",
        target=charge.provider_ref,
        reason="Ada rang",
    )
    assert "Somebody else has to confirm" in act(first, "statementline", "confirm_line_match", line)
    act(second, "statementline", "confirm_line_match", line)
    assert balances() == {"bank": 2500, HELD: 2500}


def test_a_bad_statement_says_where(officers):
    file = SimpleUploadedFile("march.csv", table(row("1,5")))
    answer = desk(officers[0]).post("/admin/payments/statement/read/", {"file": file})
    assert "Line 2" in answer.content.decode()
    assert StatementLine.objects.count() == 0


def test_a_huge_file_is_refused_by_its_size(officers, monkeypatch):
    monkeypatch.setattr("marketplace.payments.forms.LARGEST", 10)
    file = SimpleUploadedFile("march.csv", table(row("1.00")))
    answer = desk(officers[0]).post("/admin/payments/statement/read/", {"file": file})
    assert "larger than 10 MB" in answer.content.decode()
    assert StatementLine.objects.count() == 0


def test_what_failed_is_tried_again(officers):
    payments.charge()
    Command.objects.update(due_at=AT.replace(year=2099), attempts=4)
    act(officers[0], "command", "retry", Command.objects.get())
    payments.work(AT.replace(year=2098))
    assert Command.objects.get().done_at
    operations.receive_webhook(provider="demo", event_id="1", kind="x", body={}, at=AT)
    payments.work()
    act(officers[0], "message", "retry", Message.objects.get())
    assert Message.objects.get().due_at.year < 2099


def test_migrations_are_complete():
    call_command("makemigrations", "payments", "--check", "--dry-run", verbosity=0)


def test_what_is_paid_is_not_cancelled_and_nothing_says_so(officers):
    charge = payments.paid()
    with pytest.raises(Conflict, match="nothing to cancel"):
        charges.cancel_by_hand(actor=officers[0], charge=charge, reason="x", at=AT)
    assert not Event.objects.filter(kind="charge.cancelled_by_hand").exists()


def test_a_transfer_shows_the_account_it_goes_to_in_part(officers):
    row = Transfer.objects.create(
        purpose="payout:1", account="payables", amount_minor=5_00, currency="EUR", provider="bank",
        book="live", holder="Harbour Memory Workshop", destination="DE43000000000000030041",
    )  # fmt: skip
    for address in ("/admin/payments/transfer/", f"/admin/payments/transfer/{row.pk}/change/"):
        page = desk(officers[0]).get(address).content.decode()
        assert "DE… 0041" in page
        assert row.destination not in page
    export = desk(officers[0]).post("/admin/payments/transfer/export/")
    assert row.destination.encode() not in export.getvalue()
