"""The account that a line's money goes back to: the payer's own where it names one, else one that two people say."""

from typing import Any

import pytest

from civic.core.errors import Conflict, Invalid
from marketplace.payments import operations
from marketplace.payments.models import StatementLine
from tests.factories.payments import AT
from tests.payments.bank_files import bank_charge, read, row, table
from tests.payments.test_paid_lines import OTHER, give_back, ordered
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
