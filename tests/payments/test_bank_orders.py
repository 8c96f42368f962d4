"""Payment files: everything that waits leaves once, in a file that a bank takes, and the statement settles it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from defusedxml import ElementTree
from sepaxml.validation import try_valid_xml

from civic.core.errors import Conflict, Forbidden, Invalid
from civic.core.models import Event
from marketplace.payments import credit_transfers, operations
from marketplace.payments.models import BankOrder, Refund, Transfer
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, assert_whole, balances, euro
from tests.payments.bank_files import ACCOUNT, IBAN, bank_charge, camt, entry, read, row, table
from tests.voting.test_races import at_once

pytestmark = pytest.mark.django_db
NS = {"p": f"urn:iso:std:iso:20022:tech:xsd:{credit_transfers.SCHEMA}"}


def transfer(cents: int = 2000, purpose: str = "payout:1", **more: Any) -> Transfer:
    known = {"provider": "bank", "account": HELD, "destination": IBAN, "holder": "Müller & Söhne – Gärten"}
    made = operations.request_transfer(
        actor=None, amount=euro(cents), purpose=purpose, at=AT, **(known | more)
    )
    payments.work()
    made.refresh_from_db()
    return made


@pytest.fixture
def paid(officer: Any) -> Any:
    """100 that arrived by bank transfer."""
    made = bank_charge(10_000)
    read(officer, table(row("100.00", made.provider_ref, iban=IBAN)))
    made.refresh_from_db()
    return made


def order(officer: Any) -> BankOrder:
    return operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)


def fetched(officer: Any, made: BankOrder) -> Any:
    content = operations.fetch_order(actor=officer, order=made, at=AT)
    try_valid_xml(content, credit_transfers.SCHEMA)
    return ElementTree.fromstring(content)


def texts(root: Any, path: str) -> list[str]:
    return [element.text for element in root.findall(f".//p:{path.replace('/', '/p:')}", NS)]


def test_a_payout_and_a_refund_leave_in_one_file_and_the_statement_settles_them(
    officer: Any, paid: Any
) -> None:
    sent = transfer(2000)
    operations.request_refund(actor=None, charge=paid, amount=euro(1500), key="r", reason="x", at=AT)
    payments.work()
    refund = Refund.objects.get()
    made = order(officer)
    root = fetched(officer, made)
    assert (made.count, made.total) == (2, euro(3500))
    assert texts(root, "GrpHdr/CtrlSum") == ["35.00"]
    assert texts(root, "GrpHdr/MsgId") == texts(root, "PmtInf/PmtInfId") == [made.reference]
    assert texts(root, "PmtId/EndToEndId") == [sent.provider_ref, refund.provider_ref]
    assert texts(root, "InstdAmt") == ["20.00", "15.00"]
    assert texts(root, "CdtrAcct/Id/IBAN") == [IBAN, IBAN]
    assert texts(root, "DbtrAcct/Id/IBAN") == [ACCOUNT]
    assert texts(root, "Cdtr/Nm") == ["Muller Sohne - Garten", "Ada Payer"]
    lines = [
        entry("20.00", sign="DBIT", own=sent.provider_ref, number="1"),
        entry("15.00", sign="DBIT", own=refund.provider_ref, number="2"),
    ]
    read(officer, camt(lines))
    sent.refresh_from_db(), refund.refresh_from_db()
    assert (sent.state, refund.state) == ("settled", "done")
    assert balances() == {"bank": 6500, HELD: 6500}
    assert_whole()


def test_the_same_order_is_the_same_file_and_who_fetched_it_is_on_record(officer: Any, paid: Any) -> None:
    transfer()
    made = order(officer)
    files = {operations.fetch_order(actor=officer, order=made, at=AT + timedelta(days=n)) for n in range(3)}
    assert len(files) == 1
    assert Event.objects.filter(kind="bank_order.fetched").count() == 3


def test_nothing_leaves_twice(officer: Any, paid: Any) -> None:
    transfer()
    order(officer)
    with pytest.raises(Conflict):
        order(officer)
    transfer(500, "payout:2")
    assert order(officer).total == euro(500)


def test_what_names_no_account_stays_behind(officer: Any, paid: Any) -> None:
    transfer(100, "payout:1", destination="not an account")
    transfer(200, "payout:2", holder="")
    transfer(300, "payout:3")
    assert order(officer).total == euro(300)
    assert Transfer.objects.filter(bank_order=None).count() == 2


def test_a_file_that_never_went_is_withdrawn_until_the_bank_has_carried_it_out(
    officer: Any, paid: Any
) -> None:
    sent = transfer()
    first = order(officer)
    with pytest.raises(Invalid):
        operations.withdraw_order(actor=officer, order=first, reason=" ", at=AT)
    operations.withdraw_order(actor=officer, order=first, reason="The bank refused it", at=AT)
    first.refresh_from_db()
    with pytest.raises(Conflict):
        operations.fetch_order(actor=officer, order=first, at=AT)
    again = order(officer)
    read(officer, table(row("-20.00", sent.provider_ref, number="out")))
    with pytest.raises(Conflict):
        operations.withdraw_order(actor=officer, order=again, reason="x", at=AT)
    assert Transfer.objects.get().bank_order == again


def test_a_file_with_a_refund_that_has_gone_stays(officer: Any, paid: Any) -> None:
    operations.request_refund(actor=None, charge=paid, amount=euro(1500), key="r", reason="x", at=AT)
    payments.work()
    made = order(officer)
    read(officer, table(row("-15.00", Refund.objects.get().provider_ref, number="out")))
    with pytest.raises(Conflict):
        operations.withdraw_order(actor=officer, order=made, reason="x", at=AT)
    assert Refund.objects.get().bank_order == made


def test_only_finance_officers_make_and_fetch_files(officer: Any, paid: Any) -> None:
    transfer()
    made = order(officer)
    for somebody in (accounts.person(), accounts.staff("moderators"), accounts.staff("auditors")):
        with pytest.raises(Forbidden):
            order(somebody)
        with pytest.raises(Forbidden):
            operations.fetch_order(actor=somebody, order=made, at=AT)
        with pytest.raises(Forbidden):
            operations.withdraw_order(actor=somebody, order=made, reason="x", at=AT)


def test_a_day_that_is_past_is_refused(officer: Any, paid: Any) -> None:
    transfer()
    with pytest.raises(Invalid):
        operations.order_transfers(actor=officer, send_on=AT.date() - timedelta(days=1), at=AT)


def test_the_day_of_a_file_is_the_citys_1127_ay13(officer: Any, paid: Any) -> None:
    """Half an hour after midnight in Berlin, yesterday is past, though UTC has it still."""
    transfer()
    night = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    with pytest.raises(Invalid):
        operations.order_transfers(actor=officer, send_on=night.date(), at=night)
    made = operations.order_transfers(actor=officer, send_on=date(2026, 3, 4), at=night)
    BankOrder.objects.filter(pk=made.pk).update(created_at=night)
    made.refresh_from_db()
    assert texts(fetched(officer, made), "CstmrCdtTrfInitn/GrpHdr/CreDtTm") == ["2026-03-04T00:30:00+01:00"]


@pytest.mark.django_db(transaction=True)
def test_eight_officers_at_once_put_each_payment_into_one_file() -> None:
    officer = accounts.staff("finance-officers")
    made = bank_charge(10_000)
    read(officer, table(row("100.00", made.provider_ref)))
    for number in range(5):
        transfer(1000, f"payout:{number}")
    at_once(*[lambda: order(officer)] * 8)
    orders = list(BankOrder.objects.all())
    print(f"\n8 officers at once: {len(orders)} file of {sum(o.count for o in orders)} payments")
    assert sum(one.count for one in orders) == 5
    assert sum(one.total_minor for one in orders) == 5000
    assert all(one.transfers.count() == one.count for one in orders)
