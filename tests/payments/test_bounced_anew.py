"""A bank corrects the bounce of what was sent back, or of a refund, and bounces it anew (TH5, TH6, TH10, TH12)."""

from typing import Any

import pytest

from civic.core.errors import Invalid
from marketplace.payments import operations
from marketplace.payments.models import Claim, Refund, Transfer
from marketplace.payments.operations.came_back import claim_of
from marketplace.payments.operations.claims import ask_claim, confirm_write_off, propose_write_off
from tests.factories import matching
from tests.factories.payments import AT, assert_whole, balances, euro, work
from tests.payments.bank_files import bank_charge, read, row, table
from tests.payments.test_less_back import gone
from tests.payments.test_one_bad_row import asked_for, parts
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


def anew(chain: Chain) -> Any:
    reference = Transfer.objects.get().provider_ref
    return line_of(chain.two[0], "10.00", reference, text="closed", number="anew", iban=IBAN)


def test_a_return_whose_bounce_was_corrected_has_gone_1128_th5(chain: Chain) -> None:
    assert Transfer.objects.get().state == "settled"
    chain.taken()
    assert balances() == {"bank": -1000, "losses": 1000}
    assert_whole()


@pytest.mark.parametrize("first", ["credit", "bounce"])
def test_what_bounces_anew_is_the_citys_once_the_credit_is_taken_1128_th5(chain: Chain, first: str) -> None:
    """It waited to be sent to who had all of it by the bank: 35 of 25."""
    if first == "credit":
        chain.taken()
    brought = anew(chain)
    for proposal, more in (("return", {}), ("income", {}), ("charge", {"target": bank_charge(1000)})):
        with pytest.raises(Invalid, match="say first that this transfer of ours came back"):
            both(*chain.two, brought, proposal, **more)
    both(*chain.two, brought, "back", target=Transfer.objects.get())
    if first == "bounce":
        with pytest.raises(Invalid, match="has come back"):
            chain.taken()
        both(*chain.two, brought, "income")
        chain.taken()
    else:
        with pytest.raises(Invalid, match="its sender has that"):
            both(*chain.two, brought, "return")
        both(*chain.two, brought, "income")
    assert balances() == {"losses": 1000, "income": 1000}
    assert_whole()


def test_what_bounces_anew_goes_to_the_account_that_two_name_1128_th5(chain: Chain) -> None:
    brought = anew(chain)
    both(*chain.two, brought, "back", target=Transfer.objects.get())
    both(*chain.two, brought, "return", holder="Ada Payer", iban=OTHER)
    chain.send()
    assert balances() == {"bank": 1500, chain.charge.account: 1500}
    assert_whole()


def test_of_a_credit_wholly_returned_the_words_say_who_has_it_1128_th6(officer: Any, second: Any) -> None:
    """They named a line that the bank had taken back."""
    credit = line_of(officer, "25.00", text="who", number="L", iban=IBAN)
    both(officer, second, credit, "return")
    sent = gone(officer)
    assert isinstance(sent, Transfer)
    brought = line_of(officer, "25.00", sent.provider_ref, text="closed", number="b", iban=IBAN)
    both(officer, second, brought, "back", target=sent)
    taken(officer, second, brought)
    minus = line_of(officer, "-25.00", text="reversal", number="m")
    credit.refresh_from_db()
    with pytest.raises(Invalid, match="has now left twice"):
        both(officer, second, minus, "taken", target=credit)
    # Whoever got it pays it back: there is a way.
    again = line_of(officer, "25.00", sent.provider_ref, text="paid back", number="c", iban=IBAN)
    sent.refresh_from_db()
    both(officer, second, again, "back", target=sent)
    both(officer, second, minus, "taken", target=again)
    assert balances() == {}
    assert_whole()


def gone_twice(officer: Any, second: Any, *minor: int) -> list[Refund]:
    """Refunds of 25 that came back, the payment taken, and gone after all: a claim each."""
    charge, (credit,) = parts(officer, second, "25.00")
    refunds, brought = [], []
    for one in minor:
        refund = operations.request_refund(
            actor=None, charge=charge, amount=euro(one), key=str(one), reason="x", at=AT
        )
        work()
        operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
        refund.refresh_from_db()
        read(officer, table(row(f"-{refund.amount.major}", refund.provider_ref, number=f"s{one}")))
        refund.refresh_from_db()
        refunds.append(refund)
    for refund in refunds:
        line = line_of(officer, str(refund.amount.major), text="b", number=f"b{refund.pk}", iban=IBAN)
        both(officer, second, line, "back", target=refund)
        brought.append(line)
    for line in (credit, *brought):
        line.refresh_from_db()
        taken(officer, second, line)
    return refunds


def test_what_bounces_while_its_claim_is_open_pays_that_alone_1128_th10(officer: Any, second: Any) -> None:
    """The city had it as income, and went on asking its payer for it."""
    (refund,) = gone_twice(officer, second, 1000)
    claim = Claim.objects.get()
    asked = ask_claim(claim, payer=None, at=AT)
    work()
    line = line_of(officer, "10.00", refund.provider_ref, text="again", number="again", iban=IBAN)
    fund = {"target": f"fund:{matching.fund(AT, holds=25_00).pk}"}
    for proposal, more in (("income", {}), ("fund", fund), ("charge", {"target": bank_charge(1000)})):
        with pytest.raises(Invalid, match="it pays the claim"):
            both(officer, second, line, proposal, **more)
    assert asked
    asked.refresh_from_db()
    both(officer, second, line, "charge", target=asked)
    assert line.state == "settled"


def test_it_is_income_once_the_claim_was_given_up_1128_th10(officer: Any, second: Any) -> None:
    (refund,) = gone_twice(officer, second, 1000)
    claim = Claim.objects.get()
    propose_write_off(actor=officer, claim=claim, reason="x", at=AT)
    confirm_write_off(actor=second, claim=claim, at=AT)
    line = line_of(officer, "10.00", refund.provider_ref, text="again", number="again", iban=IBAN)
    both(officer, second, line, "income")
    assert (line.state, balances()["income"]) == ("settled", 1000)


def test_of_two_claims_a_bounce_pays_its_own_1128_th12(officer: Any, second: Any) -> None:
    first, other = gone_twice(officer, second, 1000, 800)
    assert [(claim_of(one) or Claim()).amount_minor for one in (first, other)] == [1000, 800]


def test_a_payout_is_not_taken_for_another_ones_1128_th8(officer: Any, second: Any) -> None:
    """One waits to be sent to somebody else, of the same sum out of the same account: that has not gone."""
    charge = bank_charge(5000)
    read(officer, table(row("50.00", charge.provider_ref, number="a", iban=IBAN)))
    asked: dict[str, Any] = {"actor": None, "provider": "bank", "amount": euro(1000), "at": AT}
    asked |= {"account": charge.account, "destination": IBAN, "holder": "Baker"}
    baker, mason = ("01a21fee-7487-787f-b546-2d0af4f549d8", "01a21fee-75c4-7d1a-9277-71f19421040c")
    operations.request_transfer(purpose=f"payout:{baker}:1", **asked)
    sent = gone(officer)
    charge.refresh_from_db()
    refund = asked_for(charge, 500)
    operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    refund.refresh_from_db()
    read(officer, table(row("-5.00", refund.provider_ref, number="sr")))
    refund.refresh_from_db()
    brought = line_of(officer, "15.00", text="closed", number="b", iban=IBAN)
    both(officer, second, brought, "back", target=sent)
    both(officer, second, brought, "back", target=refund)
    waits = operations.request_transfer(purpose=f"payout:{mason}:1", **asked | {"destination": OTHER})
    work()
    with pytest.raises(Invalid, match="Ask for that payout"):
        taken(officer, second, brought)
    anew = operations.request_transfer(purpose=f"payout:{baker}:2", **asked)
    work()
    minus = line_of(officer, "-15.00", text="reversal", number="m2")
    both(officer, second, minus, "taken", target=brought)
    for transfer, state in ((waits, "sent"), (anew, "settled")):
        transfer.refresh_from_db()
        assert transfer.state == state
