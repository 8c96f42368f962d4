"""What a bank bounces anew, less its fee or without our reference (TI3 of 28 November)."""

from typing import Any

import pytest

from civic.core.errors import Invalid
from marketplace.payments.models import Claim, StatementLine, Transfer
from marketplace.payments.operations.claims import ask_claim
from marketplace.payments.references import spaced
from tests.factories.payments import AT, assert_whole, balances, work
from tests.payments.bank_files import bank_charge
from tests.payments.test_bounced_anew import gone_twice
from tests.payments.test_less_back import gone
from tests.payments.test_line_list import pages
from tests.payments.test_return_accounts import OTHER
from tests.payments.test_returned_again import Chain
from tests.payments.test_taken_parts import taken
from tests.payments.test_ways_out import IBAN, both, line_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(officer: Any, second: Any) -> Chain:
    """10 of a credit of 25 were sent back and came back, and the bank has taken back what brought them."""
    made = Chain(officer, second)
    taken(officer, second, made.brought)
    return made


def goes_nowhere(chain: Chain, line: StatementLine, why: str, *, but: str = "") -> None:
    for proposal, more in (("return", {}), ("income", {}), ("charge", {"target": bank_charge(950)})):
        if proposal != but:
            with pytest.raises(Invalid, match=why):
                both(*chain.two, line, proposal, **more)


@pytest.mark.parametrize("first", ["credit", "bounce"])
def test_a_return_that_bounces_anew_less_the_fee_is_that_return_1128_ti3(chain: Chain, first: str) -> None:
    """It was sent to who had all of it by the bank: 34.50 of 25."""
    if first == "credit":
        chain.taken()
    sent = Transfer.objects.get()
    brought = line_of(chain.two[0], "9.50", sent.provider_ref, text="closed", number="anew", iban=IBAN)
    goes_nowhere(chain, brought, "came back less")
    both(*chain.two, brought, "less", target=sent)
    if first == "credit":
        goes_nowhere(chain, brought, "its sender has that", but="income")
        both(*chain.two, brought, "income")
    else:
        with pytest.raises(Invalid, match="has come back"):
            chain.taken()
        both(*chain.two, brought, "income")
        chain.taken()
    assert balances() == {"bank": -50, "losses": 1000, "income": 950}
    assert_whole()


def test_a_credit_wholly_returned_bounces_anew_less_the_fee_1128_ti3(officer: Any, second: Any) -> None:
    credit = line_of(officer, "25.00", text="who", number="L", iban=IBAN)
    both(officer, second, credit, "return")
    sent = gone(officer)
    assert isinstance(sent, Transfer)
    brought = line_of(officer, "25.00", sent.provider_ref, text="closed", number="b", iban=IBAN)
    both(officer, second, brought, "back", target=sent)
    taken(officer, second, brought)
    again = line_of(officer, "24.50", sent.provider_ref, text="closed", number="c", iban=IBAN)
    for proposal in ("return", "income"):
        with pytest.raises(Invalid, match="came back less"):
            both(officer, second, again, proposal)
    sent.refresh_from_db()
    both(officer, second, again, "less", target=sent)
    assert balances() == {"bank": 2450, "suspense": 2450}
    # To the account that two name: its own takes nothing.
    both(officer, second, again, "return", holder="Ada Payer", iban=OTHER)
    assert_whole()


def test_both_officers_read_what_a_line_without_reference_may_be_1128_ti3(chain: Chain) -> None:
    sent = Transfer.objects.get()
    line = line_of(chain.two[0], "10.00", text="account closed", number="anew", iban=IBAN)
    two = f"{sent.provider_ref} {bank_charge(700).provider_ref}"
    both_named = line_of(chain.two[0], "17.00", text=two, number="two", iban=OTHER)
    other = line_of(chain.two[0], "10.00", text="x", number="other", iban=OTHER)
    for action in ("propose_line_match", "confirm_line_match"):
        for one in (line, both_named):
            _list, asked, _own = pages(chain.two[1], one, action)
            assert "ay be of ours" in asked
            assert f"€10 · {spaced(sent.provider_ref)}" in asked
        _list, asked, _own = pages(chain.two[1], other, action)
        assert spaced(sent.provider_ref) not in asked


def test_a_refund_gone_after_all_is_named_as_what_a_line_may_be_1128_ti3(officer: Any, second: Any) -> None:
    """As income of the city its payer went on owing the claim."""
    (refund,) = gone_twice(officer, second, 1000)
    ask_claim(Claim.objects.get(), payer=None, at=AT)
    work()
    line = line_of(officer, "10.00", text="account closed", number="again", iban=IBAN)
    _list, asked, _own = pages(second, line)
    assert f"€10 · {spaced(refund.provider_ref)}" in asked
