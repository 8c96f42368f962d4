"""Credits that the bank takes back after a part of them has gone on: what they paid is lost at once (TE5, TE6)."""

from typing import Any

import pytest

from civic.core.errors import Invalid
from marketplace.campaigns.operations.pledges import cancel_pledge
from marketplace.payments import operations
from marketplace.payments.models import Charge, Refund, StatementLine, Transfer
from marketplace.payments.providers import Outcome
from tests.factories import campaigns, matching
from tests.factories.payments import AT, assert_whole, balances, euro
from tests.factories.payments import work as do_work
from tests.payments.bank_files import bank_charge, read, row, table
from tests.payments.test_less_back import back, gone, paid_by_bank
from tests.payments.test_line_list import pages
from tests.payments.test_paid_lines import OTHER
from tests.payments.test_taken_parts import taken
from tests.payments.test_ways_out import IBAN, both, line_of

pytestmark = pytest.mark.django_db


def paid_and(officer: Any, second: Any, proposal: str, **more: Any) -> tuple[Charge, StatementLine]:
    """A credit of 25 that has paid 15, and of which the rest is something else."""
    charge = bank_charge(1500)
    credit = line_of(officer, "25.00", text="mixed", number="mixed", iban=IBAN)
    both(officer, second, credit, "charge", target=charge)
    both(officer, second, credit, proposal, **more)
    return charge, credit


def state_of(charge: Charge) -> str:
    charge.refresh_from_db()
    return charge.state


def test_a_payment_is_lost_at_once_though_the_rest_was_sent_back_1127_te5(officer: Any, second: Any) -> None:
    """It counted on, and could be paid out, until whoever got the rest had paid it back."""
    charge, credit = paid_and(officer, second, "return")
    do_work()
    order = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    with pytest.raises(Invalid, match="payment file"):  # not yet known whether it will go
        taken(officer, second, credit)
    read(officer, table(row("-10.00", order.transfers.get().provider_ref, number="s")))
    assert balances() == {"bank": 1500, charge.account: 1500}
    taken(officer, second, credit)
    assert (state_of(charge), balances()) == ("lost", {"bank": -1000, "losses": 1000})
    assert_whole()
    # Whoever has it twice pays it back: the city's income, as of what has left twice.
    both(officer, second, line_of(officer, "10.00", text="I had it twice", number="b"), "income")
    assert balances() == {"income": 1000, "losses": 1000}


def test_what_a_fund_has_promised_is_waited_for_1127_tf2(officer: Any, second: Any) -> None:
    """Booked as lost it would go to its funder a second time, once the promise falls away."""
    fund = matching.fund(AT, holds=0)
    charge, credit = paid_and(officer, second, "fund", target=f"fund:{fund.pk}")
    campaign = campaigns.open_campaign(at=AT)
    matching.enrolled(fund, AT, campaign)
    gift = matching.gift(campaign, 4_00, AT)
    campaigns.work(AT)
    with pytest.raises(Invalid, match="€6 are free"):
        taken(officer, second, credit)
    cancel_pledge(actor=gift.person, pledge=gift, at=AT)
    campaigns.work(AT)
    taken(officer, second, credit)
    assert (state_of(charge), fund.deposits.get().taken_back_at) == ("lost", AT)
    assert not any(code.startswith("fund/") for code in balances())
    assert_whole()


@pytest.mark.parametrize("rest", ["income", "fund"])
def test_a_return_that_failed_is_no_part_of_its_credit_1127_tf1(officer: Any, second: Any, rest: str) -> None:
    """It is in suspense again, and became other things: each is taken back from where it is."""
    fund = matching.fund(AT, holds=0)
    paid = paid_by_bank(officer)
    operations.request_refund(actor=None, charge=paid, amount=euro(800), key="r", reason="x", at=AT)
    refund = gone(officer)
    charge = bank_charge(1000)
    credit = line_of(officer, "30.00", text="mixed", number="mixed", iban=IBAN)
    both(officer, second, credit, "charge", target=charge)
    both(officer, second, credit, "return")
    do_work()
    sent = Transfer.objects.get(purpose__startswith="return:")
    operations.advance_transfer(sent, Outcome("fail", failure="the account is closed"), at=AT)
    credit.refresh_from_db()
    both(officer, second, credit, "back", target=refund)
    before = balances()
    both(officer, second, credit, rest, **({"target": f"fund:{fund.pk}"} if rest == "fund" else {}))
    taken(officer, second, credit)
    refund.refresh_from_db()
    assert (state_of(charge), refund.state) == ("lost", "done")
    assert balances().get("income", 0) >= 0
    assert before["bank"] - balances().get("bank", 0) == 3000
    assert_whole()


@pytest.mark.parametrize("since", ["owed", "paid by hand", "shown"])
def test_a_refund_that_came_back_beside_a_payment_has_gone_after_all_1127_te5_te6(
    since: str, officer: Any, second: Any
) -> None:
    """Owed still, it is paid by this; said to be paid, this shows it; and shown, its payer has it twice."""
    paid = paid_by_bank(officer)
    operations.request_refund(actor=None, charge=paid, amount=euro(1000), key="r", reason="x", at=AT)
    refund = gone(officer)
    assert isinstance(refund, Refund)
    charge, credit = paid_and(officer, second, "back", target=refund)
    refund.refresh_from_db()
    assert balances()["bank"] == 4000
    if since != "owed":
        operations.pay_refund_otherwise(actor=officer, refund=refund, reason="After all", at=AT)
    if since == "shown":
        both(officer, second, line_of(officer, "-10.00", number="otherwise"), "sent", target=refund)
    taken(officer, second, credit)
    refund.refresh_from_db()
    lost = {"losses": 1000} if since == "shown" else {}
    left = {"bank": 1500 - lost.get("losses", 0), paid.account: 1500}
    assert (state_of(charge), refund.state, balances()) == ("lost", "done", left | lost)
    assert_whole()


def test_a_refund_that_came_back_less_has_gone_after_all_without_a_fee_1127_te6(
    officer: Any, second: Any
) -> None:
    """ "Sent" and "taken" were both refused, as the sums differ: left was to call it a fee."""
    charge = paid_by_bank(officer)
    operations.request_refund(actor=None, charge=charge, amount=euro(2500), key="r", reason="x", at=AT)
    refund, credit = gone(officer), back(officer)
    both(officer, second, credit, "less", target=refund)
    taken(officer, second, credit)
    refund.refresh_from_db()
    assert (refund.state, balances()) == ("done", {})
    assert_whole()


def test_a_transfer_that_came_back_has_gone_by_the_one_that_is_asked_for_anew_1127_te6(
    officer: Any, second: Any
) -> None:
    """The sentence spoke of refunds alone. One that came back less is a loss: no other sum fits its line."""
    paid = paid_by_bank(officer)
    wanted: dict[str, Any] = {
        "actor": None,
        "provider": "bank",
        "amount": euro(2500),
        "account": paid.account,
        "destination": IBAN,
        "holder": "Baker",
        "at": AT,
    }
    operations.request_transfer(purpose="test:1", **wanted)
    transfer, credit = gone(officer), back(officer, "25.00")
    both(officer, second, credit, "back", target=transfer)
    minus = line_of(officer, "-25.00", text="reversal", number="minus")
    with pytest.raises(Invalid, match="Ask for the payout or the return anew"):
        both(officer, second, minus, "taken", target=credit)
    anew = operations.request_transfer(purpose="test:2", **wanted)
    do_work()
    both(officer, second, minus, "sent", target=Transfer.objects.get(pk=anew.pk))
    assert balances() == {}
    assert_whole()


@pytest.mark.django_db(transaction=True)
def test_the_second_person_reads_what_is_lost_1127_te5(officer: Any, second: Any) -> None:
    charge, credit = paid_and(officer, second, "return")
    do_work()
    order = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    read(officer, table(row("-10.00", order.transfers.get().provider_ref, number="s")))
    minus = line_of(officer, "-25.00", text="reversal", number="minus")
    operations.propose_line_match(
        actor=officer, line=minus, proposal="taken", target=credit, reason="x", at=AT
    )
    _list, asked, _own = pages(second, minus)
    assert f"€15 · {charge.purpose}, the city bears €10" in asked


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("other", "told"), [(OTHER, True), (IBAN, False)])
def test_two_people_read_that_another_account_paid_a_part_1127_tf11(
    officer: Any, second: Any, other: str, told: bool
) -> None:
    """Of what was given back each of the two gets what it brought: no more once one of them is taken back."""
    charge = bank_charge(2500)
    lines = [
        line_of(officer, amount, text="half", number=amount, iban=iban)
        for amount, iban in (("10.00", IBAN), ("15.00", other))
    ]
    for credit in lines:
        both(officer, second, credit, "charge", target=charge)
    charge.refresh_from_db()
    lines[0].refresh_from_db()
    operations.request_refund(actor=None, charge=charge, amount=euro(500), key="r", reason="x", at=AT)
    gone(officer)
    minus = line_of(officer, "-10.00", text="reversal", number="minus")
    said = {"line": minus, "proposal": "taken", "target": lines[0]}
    operations.propose_line_match(actor=officer, reason="x", at=AT, **said)
    _list, asked, _own = pages(second, minus)
    assert ("another account has paid a part, and €5 was given back" in asked) is told
