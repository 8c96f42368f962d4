"""An invoice of 1,190 with a credit note of 119, of whose payment a bank takes back some (TH1, TH3 of 28 November)."""

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from marketplace.invoicing.models import Invoice, InvoicePayment, InvoicePaymentReversal
from marketplace.invoicing.operations import credit_notes
from marketplace.invoicing.queries import transfer_for
from marketplace.payments import operations
from marketplace.payments.models import Charge, Claim, Refund, StatementLine
from tests.factories import payments, sponsors
from tests.factories.campaigns import work
from tests.factories.payments import assert_whole, balances
from tests.factories.sponsor_payments import assert_nothing_stuck, dispute, paid_online
from tests.payments.bank_files import IBAN, row, table
from tests.payments.test_claims_and_waiting_refunds import left_of, owed
from tests.role import role
from tests.undoing import in_every_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
AT = sponsors.AT


def credited(invoice: Invoice, net: int = 100_00) -> Refund:
    """Its refund is asked for, and has not gone."""
    credit_notes.credit_part(sponsors.fresh(invoice), net_minor=net, reason="Less.", at=AT)
    return Refund.objects.get()


class ByBank:
    """Paid by two transfers, of 714 and 476, or by others."""

    def __init__(self, officer: Any, second: Any, *sums: str, net: int = 100_00) -> None:
        self.two = (officer, second)
        self.invoice = sponsors.invoiced()
        work(AT)
        reference = transfer_for(sponsors.fresh(self.invoice))["reference"].replace(" ", "")
        self.charge = Charge.objects.get(provider_ref=reference)
        self.lines = [self.line(one) for one in sums or ("714.00", "476.00")]
        self.first, self.second = self.lines[:2]
        for line in self.lines:
            self.both(line, "charge", self.charge)
        self.refund = credited(self.invoice, net)
        payments.work(AT)

    def line(self, amount: str, reference: str = "") -> StatementLine:
        number = StatementLine.objects.count()
        content = table(row(amount, reference, number=number, iban=IBAN, text="x"))
        return operations.import_statement(actor=self.two[0], content=content, at=AT).lines.get()

    def both(self, line: StatementLine, proposal: str, target: Any) -> None:
        known: dict[str, Any] = {"line": line, "proposal": proposal, "reason": "x", "target": target}
        operations.propose_line_match(actor=self.two[0], at=AT, **known)
        operations.confirm_line_match(actor=self.two[1], line=line, at=AT)
        line.refresh_from_db()
        work(AT)

    def comes_back(self) -> None:
        """The refund goes by a file, and comes back."""
        operations.order_transfers(actor=self.two[0], send_on=AT.date(), at=AT)
        self.refund.refresh_from_db()
        self.line(f"-{self.refund.amount.major}", self.refund.provider_ref)
        work(AT)
        self.refund.refresh_from_db()
        self.back = self.line(str(self.refund.amount.major))
        self.both(self.back, "back", self.refund)

    def taken(self, credit: StatementLine) -> None:
        credit.refresh_from_db()
        self.both(self.line(f"-{credit.amount.major}"), "taken", credit)

    def open(self) -> int:
        return int(sponsors.fresh(self.invoice).open_minor)


@pytest.mark.parametrize("minor", [None, 476_00])
def test_a_refund_that_a_dispute_has_paid_is_deducted_once_1128_th1(minor: int | None) -> None:
    """The invoice asked for 119 too little, which the city bore."""
    invoice, charge = paid_online()
    credited(invoice)
    for verb in ("dispute", "lose"):
        dispute(charge, verb, minor)
    # The dispute has given the credited 119 back, and what else it took is owed again.
    assert Refund.objects.get().state == "covered"
    assert sponsors.fresh(invoice).open_minor == (minor or 1_190_00) - 119_00
    assert "losses" not in balances()
    assert_nothing_stuck()
    sponsors.pay(invoice)
    assert (sponsors.fresh(invoice).open_minor, "losses" in balances()) == (0, False)


@pytest.mark.parametrize("alternative", [False, True])
def test_so_it_is_of_a_transfer_1128_th1(officer: Any, second: Any, alternative: bool) -> None:
    story = ByBank(officer, second)
    if alternative:
        story.comes_back()
    story.taken(story.second)
    assert (story.open(), "losses" in balances()) == (357_00, False)
    story.taken(story.first)
    assert (story.open(), "losses" in balances()) == (1_071_00, False)
    assert_nothing_stuck()


@pytest.mark.parametrize("order", ["second back", "back second", "second back first", "first back second"])
def test_a_refund_that_has_gone_after_all_is_owed_again_in_every_order_1128_th3(
    officer: Any, second: Any, order: str
) -> None:
    story = ByBank(officer, second)
    story.comes_back()
    for step in order.split():
        story.taken(getattr(story, step))
    here = 1_190_00 - sum(getattr(story, step).amount_minor for step in order.split() if step != "back")
    has_left = 1_190_00 - here + 119_00
    # The sponsor owes what the note left, less what is here of their money; what they have beyond that is a claim.
    assert story.open() == min(1_071_00, has_left - 119_00)
    assert sum(Claim.objects.values_list("amount_minor", flat=True)) == max(0, has_left - 1_190_00)
    assert balances().get("losses", 0) == max(0, has_left - 1_190_00)
    assert_nothing_stuck()
    assert_whole()


def assert_owed_rightly(story: ByBank, taken: int, note: int, when: object) -> None:
    """The sponsor owes what the note left of the invoice, less what is here of their money; nothing is stuck."""
    sent = sum(story.charge.refunds.filter(state="done").values_list("amount_minor", flat=True))
    waits = sum(left_of(story).values_list("amount_minor", flat=True))
    here = 1_190_00 - taken - sent
    assert story.open() + owed() - waits == 1_190_00 - note - here, when
    assert_nothing_stuck()
    assert_whole()


def test_three_transfers_end_alike_in_each_order_1128_ti1(officer: Any, second: Any) -> None:
    """The small one last: the row of the refund was refused by the bound of the row of a dispute, for ever."""
    story = ByBank(officer, second, "700.00", "50.00", "440.00", net=400_00)
    story.comes_back()
    lines = {str(number): line for number, line in enumerate(story.lines)}

    def after_each(order: tuple[str, ...]) -> None:
        taken = sum(line.amount_minor for name, line in lines.items() if name in order)
        assert_owed_rightly(story, taken, 476_00, order)

    def at_end(order: tuple[str, ...]) -> None:
        assert (story.open(), owed()) == (714_00, 476_00), order

    steps = {name: partial(story.taken, line) for name, line in {**lines, "back": story.back}.items()}
    in_every_order(steps, at_end, after_each=after_each)


def gone_unheard(officer: Any, second: Any) -> tuple[ByBank, dict[str, Any]]:
    """700 of 1,190 are taken, then what had brought the refund of 476; nobody has heard of that yet."""
    story = ByBank(officer, second, "700.00", "490.00", net=400_00)
    story.comes_back()
    story.taken(story.first)
    minus = story.line(f"-{story.back.amount.major}")
    known: dict[str, Any] = {"line": minus, "proposal": "taken", "reason": "x", "target": story.back}
    story.back.refresh_from_db()
    operations.propose_line_match(actor=officer, at=AT, **known)
    operations.confirm_line_match(actor=second, line=minus, at=AT)
    payment = InvoicePayment.objects.get(charge=story.charge)
    row = {"payment": payment, "dispute": story.charge.disputes.get(), "refund": story.refund}
    return story, row | {"reversed_at": AT}


@pytest.mark.parametrize(("minor", "said"), [(0, "takes_all"), (475_99, "takes_all"), (476_00, "is_booked")])
def test_no_row_ends_what_a_sponsor_owes_1128_ti5(officer: Any, second: Any, minor: int, said: str) -> None:
    """Of nothing, or of all with nothing booked, it kept the worker from taking the payment off."""
    story, row = gone_unheard(officer, second)
    with pytest.raises(IntegrityError, match=said), transaction.atomic(), role():
        InvoicePaymentReversal.objects.create(**row, amount_minor=minor, net_minor=0)
    with role():
        work(AT)
    assert_owed_rightly(story, 700_00, 476_00, "heard")


def test_nor_does_a_row_of_a_dispute_1128_ti5(officer: Any, second: Any) -> None:
    story = ByBank(officer, second, "700.00", "490.00")
    minus = story.line("-700.00")
    story.first.refresh_from_db()
    known: dict[str, Any] = {"line": minus, "proposal": "taken", "reason": "x", "target": story.first}
    operations.propose_line_match(actor=officer, at=AT, **known)
    operations.confirm_line_match(actor=second, line=minus, at=AT)
    row = {"payment": InvoicePayment.objects.get(charge=story.charge), "dispute": story.charge.disputes.get()}
    with pytest.raises(IntegrityError, match="takes_all"), transaction.atomic(), role():
        InvoicePaymentReversal.objects.create(**row, amount_minor=0, net_minor=0, reversed_at=AT)
    with role():
        work(AT)
    assert_owed_rightly(story, 700_00, 119_00, "heard")
