"""An invoice of 1,190 with a credit note of 119, of whose payment a bank takes back some (TH1, TH3 of 28 November)."""

from typing import Any

import pytest

from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import credit_notes
from marketplace.invoicing.queries import transfer_for
from marketplace.payments import operations
from marketplace.payments.models import Charge, Claim, Refund, StatementLine
from tests.factories import payments, sponsors
from tests.factories.campaigns import work
from tests.factories.payments import assert_whole, balances
from tests.invoicing.test_disputes import assert_nothing_stuck, dispute, paid_online
from tests.payments.bank_files import IBAN, row, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
AT = sponsors.AT


def credited(invoice: Invoice) -> Refund:
    """Its refund is asked for, and has not gone."""
    credit_notes.credit_part(sponsors.fresh(invoice), net_minor=100_00, reason="Less.", at=AT)
    return Refund.objects.get()


class ByBank:
    """Paid by two transfers, of 714 and 476."""

    def __init__(self, officer: Any, second: Any) -> None:
        self.two = (officer, second)
        self.invoice = sponsors.invoiced()
        work(AT)
        reference = transfer_for(sponsors.fresh(self.invoice))["reference"].replace(" ", "")
        self.charge = Charge.objects.get(provider_ref=reference)
        self.first, self.second = self.line("714.00"), self.line("476.00")
        for line in (self.first, self.second):
            self.both(line, "charge", self.charge)
        self.refund = credited(self.invoice)
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
        self.line("-119.00", self.refund.provider_ref)
        work(AT)
        self.refund.refresh_from_db()
        self.back = self.line("119.00")
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
