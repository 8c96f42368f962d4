"""The account that a line's money goes back to: the payer's own where it names one, else one that two people say."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from civic.core.errors import Conflict, Invalid
from marketplace.payments import operations
from marketplace.payments.models import BankOrder, LinePayment, Refund, StatementLine, Transfer
from marketplace.payments.operations.paid_lines import account_said
from marketplace.payments.providers import Outcome
from tests.factories import payments
from tests.factories.payments import AT, assert_whole
from tests.payments.bank_files import bank_charge, read, row, table
from tests.payments.test_paid_lines import OTHER, give_back, ordered
from tests.payments.test_refusals import refuse
from tests.payments.test_ways_out import IBAN, both, line_of

pytestmark = pytest.mark.django_db
OUTSIDE = "TR330006100519786457841326"


def propose(officer: Any, line: StatementLine, proposal: str, **more: Any) -> None:
    operations.propose_line_match(
        actor=officer, line=line, proposal=proposal, reason="They rang", at=AT, **more
    )


def test_no_account_is_typed_where_the_line_names_one_1127_oc1(officer: Any) -> None:
    """A sponsor's refund went to an account that an officer had typed beside what the transfer paid."""
    charge, line = bank_charge(2500), line_of(officer, "25.00", text="no reference", iban=IBAN)
    for proposal, target in (("charge", charge), ("return", None), ("income", None)):
        with pytest.raises(Invalid):
            propose(officer, line, proposal, target=target, holder="Mallory", iban=OTHER)
    line.refresh_from_db()
    assert (line.state, line.return_iban) == ("unclear", "")


def test_the_lines_own_account_comes_before_what_was_typed_1127_oc1(officer: Any, second: Any) -> None:
    charge, line = bank_charge(2500), line_of(officer, "25.00", text="no reference", iban=IBAN)
    both(officer, second, line, "charge", target=charge)
    StatementLine.objects.filter(pk=line.pk).update(return_name="Mallory", return_iban=OTHER)
    give_back(charge, 2500)
    assert ordered(officer) == [("25.00", IBAN)]


def test_two_people_say_the_account_of_a_payer_whose_bank_names_none_1127_oc1(
    officer: Any, second: Any
) -> None:
    charge, line = bank_charge(2500), line_of(officer, "25.00", text="no reference", iban="")
    for wrong in ("no iban at all", "X" * 42):
        with pytest.raises(Invalid):
            propose(officer, line, "charge", target=charge, holder="Ada", iban=wrong)
    both(officer, second, line, "charge", target=charge, holder="Ada", iban=OTHER)
    give_back(charge, 2500)
    assert ordered(officer) == [("25.00", OTHER)]


@pytest.mark.parametrize("own", ["000123456789", OUTSIDE])
def test_an_account_that_no_transfer_reaches_counts_as_none_1127_oc4(
    officer: Any, second: Any, own: str
) -> None:
    """The return was confirmed, failed without a word, and naming another account was refused: round and round."""
    line = line_of(officer, "33.10", text="whose?", iban=own)
    with pytest.raises(Invalid):
        propose(officer, line, "return")
    both(officer, second, line, "return", holder="Ada Payer", iban=IBAN)
    assert ordered(officer) == [("33.10", IBAN)]


def test_an_account_outside_of_sepa_is_not_taken_1127_oc11(officer: Any) -> None:
    line = line_of(officer, "5.00", text="whose?", iban="")
    with pytest.raises(Invalid, match="SEPA"):
        propose(officer, line, "return", holder="Ada", iban=OUTSIDE)


def test_a_proposal_that_waits_is_taken_back_before_another_is_made_1127_oc6(officer: Any) -> None:
    """A second proposal with another account was an error page; what it had named stayed when it was taken back."""
    line = line_of(officer, "5.00", text="whose?", iban="")
    propose(officer, line, "return", holder="Ada", iban=IBAN)
    with pytest.raises(Conflict, match="Take that back first"):
        propose(officer, line, "return", holder="Ada", iban=OTHER)
    operations.withdraw_line_match(actor=officer, line=line, reason="Mistyped", at=AT)
    line.refresh_from_db()
    assert (line.return_name, line.return_iban) == ("", "")
    propose(officer, line, "return", holder="Ada", iban=OTHER)


def test_who_paid_by_reference_gets_it_back_at_the_own_account(officer: Any) -> None:
    charge = bank_charge(2500)
    read(officer, table(row("25.00", charge.provider_ref, iban=IBAN)))
    give_back(charge, 2500)
    assert ordered(officer) == [("25.00", IBAN)]


def test_each_payment_keeps_the_account_that_was_agreed_for_it_1127_at3(officer: Any, second: Any) -> None:
    """A collective credit paid two people's pledges: the first one's refund went to the second one's account."""
    first, other = bank_charge(4000), bank_charge(3000, purpose="test:other")
    line = line_of(officer, "100.00", text="collective", iban="")
    both(officer, second, line, "charge", target=first, holder="Zofia", iban=IBAN)
    both(officer, second, line, "charge", target=other, holder="Judith", iban=OTHER)
    propose(
        officer, line, "income"
    )  # and what one officer says of the rest, and takes back, changes nothing (AT5)
    operations.withdraw_line_match(actor=officer, line=line, reason="No", at=AT)
    give_back(first, 4000)
    give_back(other, 3000, key="s")
    assert ordered(officer) == [("30.00", OTHER), ("40.00", IBAN)]


def test_an_account_that_is_kept_is_forgotten_and_never_another_1127_at4(officer: Any) -> None:
    charge = bank_charge(2500)
    read(officer, table(row("25.00", charge.provider_ref, iban=IBAN)))
    for change in ({"iban": OTHER}, {"name": "Mallory"}, {"amount_minor": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LinePayment.objects.update(**change)
    LinePayment.objects.update(name="", iban="")
    give_back(charge, 2500)
    with pytest.raises(Conflict, match="Nothing waits"):
        ordered(officer)


def turned_away(officer: Any, second: Any) -> StatementLine:
    """A line that names an account which is closed."""
    line = line_of(officer, "30.00", text="whose?", iban=IBAN)
    both(officer, second, line, "return")
    assert ordered(officer) == [("30.00", IBAN)]
    order = BankOrder.objects.get()
    operations.fetch_order(actor=officer, order=order, at=AT)
    return line


def test_where_the_bank_has_refused_the_lines_account_two_name_another_1127_ax7(
    officer: Any, second: Any
) -> None:
    """It went to the refused account again and again, or the city kept it."""
    line = turned_away(officer, second)
    refuse(officer, second, Transfer.objects.get())
    line.refresh_from_db()
    with pytest.raises(Invalid):
        propose(officer, line, "income", holder="Ada", iban=OTHER)
    propose(officer, line, "return", holder="Ada Payer", iban=OTHER)
    line.refresh_from_db()
    assert account_said(line) == ("Ada Payer", OTHER)
    operations.confirm_line_match(actor=second, line=line, at=AT)
    assert ordered(officer) == [("30.00", OTHER)]


def test_what_failed_for_another_reason_goes_to_the_lines_account_1127_ax7(officer: Any, second: Any) -> None:
    line = line_of(officer, "30.00", text="whose?", iban=IBAN)
    both(officer, second, line, "return")
    operations.advance_transfer(Transfer.objects.get(), Outcome("fail", failure="x"), at=AT)
    line.refresh_from_db()
    with pytest.raises(Invalid, match="has not refused it"):
        propose(officer, line, "return", holder="Ada Payer", iban=OTHER)


def test_what_came_back_from_the_lines_account_goes_to_another_1127_ax7(officer: Any, second: Any) -> None:
    turned_away(officer, second)
    transfer = Transfer.objects.get()
    line_of(officer, "-30.00", transfer.provider_ref, number="out")
    transfer.refresh_from_db()
    back = line_of(officer, "30.00", transfer.provider_ref, number="back", iban=IBAN)
    with pytest.raises(Invalid, match="has not refused it"):
        propose(officer, back, "return", holder="Ada Payer", iban=OTHER)
    both(officer, second, back, "back", target=transfer)
    both(officer, second, back, "return", holder="Ada Payer", iban=OTHER)
    assert ordered(officer) == [("30.00", OTHER)]


def test_a_refund_that_went_after_all_and_bounces_goes_to_its_payer_1127_tf12(
    officer: Any, second: Any
) -> None:
    """What came back was taken by the bank again: the refund has gone, and is owed no more as it bounces once more."""
    charge = bank_charge(2500)
    read(officer, table(row("25.00", charge.provider_ref, iban=IBAN)))
    give_back(charge, 2500)
    payments.work()
    refund = Refund.objects.get()
    line_of(officer, "-25.00", refund.provider_ref, number="out")
    refund.refresh_from_db()
    first = line_of(officer, "25.00", refund.provider_ref, number="in")
    both(officer, second, first, "back", target=refund)
    both(officer, second, line_of(officer, "-25.00", text="taken", number="taken"), "taken", target=first)
    refund.refresh_from_db()
    assert refund.state == "done"
    again = line_of(officer, "25.00", refund.provider_ref, number="again", iban=IBAN)
    with pytest.raises(Invalid, match="owed no more"):
        propose(officer, again, "back", target=refund)
    both(officer, second, again, "return", holder="Ada Payer", iban=OTHER)
    assert ordered(officer) == [("25.00", OTHER)]
    assert_whole()


def test_what_comes_back_of_a_refund_that_is_owed_again_goes_to_no_typed_account_1127_tf12(
    officer: Any, second: Any
) -> None:
    charge = bank_charge(2500)
    read(officer, table(row("25.00", charge.provider_ref, iban=IBAN)))
    give_back(charge, 2500)
    payments.work()
    reference = Refund.objects.get().provider_ref
    line_of(officer, "-25.00", reference, number="out")
    back = line_of(officer, "25.00", reference, number="in", iban=IBAN)
    with pytest.raises(Invalid, match="has not refused it"):
        propose(officer, back, "return", holder="Ada Payer", iban=OTHER)
