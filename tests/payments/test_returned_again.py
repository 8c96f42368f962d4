"""What was sent back, came back and was sent back once more, and whose it is (TG4 and TG5 of 27 November)."""

from typing import Any

import pytest

from civic.core.errors import Invalid
from marketplace.payments import operations
from marketplace.payments.models import Claim, StatementLine, Transfer
from marketplace.payments.operations.claims import (
    ask_claim,
    confirm_write_off,
    propose_write_off,
    settle_claim,
)
from marketplace.payments.references import spaced
from tests.factories.payments import AT, assert_whole, balances
from tests.factories.payments import work as do_work
from tests.payments.bank_files import bank_charge, read, row, table
from tests.payments.test_paid_lines import OTHER, ordered
from tests.payments.test_refunds_after_all import Story, owed
from tests.payments.test_refusals import refuse
from tests.payments.test_taken_lost import paid_and, state_of
from tests.payments.test_taken_parts import taken
from tests.payments.test_ways_out import IBAN, both, line_of

pytestmark = pytest.mark.django_db


class Chain:
    """A credit of 25: 15 have paid a payment, 10 were sent back and came back; then, to the account that two name."""

    def __init__(self, officer: Any, second: Any, *, proposes_taken: bool = False) -> None:
        self.two = (officer, second)
        self.charge, self.credit = paid_and(officer, second, "return")
        self.send()
        if proposes_taken:  # while nothing has come back
            minus = line_of(officer, "-25.00", text="reversal", number="minus")
            operations.propose_line_match(
                actor=officer, line=minus, proposal="taken", target=self.credit, reason="x", at=AT
            )
        self.brought = self.back("first")

    def send(self) -> Transfer:
        """The last transfer goes by a file."""
        waits = self.order()
        read(self.two[0], table(row("-10.00", waits.provider_ref, number=f"out {waits.pk}")))
        return waits

    def order(self) -> Transfer:
        """It lies in a file that somebody has fetched."""
        do_work()
        order = operations.order_transfers(actor=self.two[0], send_on=AT.date(), at=AT)
        operations.fetch_order(actor=self.two[0], order=order, at=AT)
        return order.transfers.get()

    def back(self, number: str) -> StatementLine:
        """What has gone last is back."""
        last = Transfer.objects.latest("pk")
        brought = line_of(self.two[0], "10.00", text="closed", number=number, iban=IBAN)
        both(*self.two, brought, "back", target=last)
        return brought

    def again(self, brought: StatementLine) -> None:
        """Two say that this goes to another account."""
        both(*self.two, brought, "return", holder="Ada Payer", iban=OTHER)

    def taken(self) -> None:
        """The bank takes the credit back."""
        taken(*self.two, self.credit)


@pytest.fixture
def chain(officer: Any, second: Any) -> Chain:
    return Chain(officer, second)


@pytest.mark.parametrize("ordered", [False, True])
def test_a_credit_is_not_taken_while_a_part_of_it_goes_back_once_more_1127_tg4(
    chain: Chain, ordered: bool
) -> None:
    """It was booked as lost, and left for its sender, who had it by the bank. Once it has gone it is lost."""
    chain.again(chain.brought)
    if ordered:
        sent = chain.order()
    with pytest.raises(Invalid, match="waits to go"):
        chain.taken()
    if ordered:
        read(chain.two[0], table(row("-10.00", sent.provider_ref, number="out")))
    else:
        chain.send()
    minus = StatementLine.objects.get(amount_minor=-2500)
    both(*chain.two, minus, "taken", target=chain.credit)
    assert (state_of(chain.charge), balances()) == ("lost", {"bank": -1000, "losses": 1000})
    assert_whole()


def test_what_the_bank_refuses_to_send_once_more_lies_here_again_1127_tg4(chain: Chain) -> None:
    chain.again(chain.brought)
    refuse(*chain.two, chain.order())
    with pytest.raises(Invalid, match="has come back"):
        chain.taken()
    chain.brought.refresh_from_db()
    both(*chain.two, chain.brought, "income")
    minus = StatementLine.objects.get(amount_minor=-2500)
    both(*chain.two, minus, "taken", target=chain.credit)
    assert balances() == {"losses": 1000, "income": 1000}
    assert_whole()


def test_a_second_return_that_came_back_is_settled_before_its_credit_is_taken_1127_tg4(chain: Chain) -> None:
    """Also where another part of the line that brought it is something else by now, or is proposed to be."""
    chain.again(chain.brought)
    chain.send()
    second = chain.back("second")
    operations.propose_line_match(
        actor=chain.two[0], line=second, proposal="charge", target=bank_charge(1000), reason="x", at=AT
    )
    with pytest.raises(Invalid, match="has come back"):
        chain.taken()


def test_a_second_return_that_comes_back_after_all_is_the_citys_1127_tg4(chain: Chain) -> None:
    chain.again(chain.brought)
    chain.send()
    chain.taken()
    second = chain.back("second")
    for proposal, more in (("return", {}), ("charge", {"target": bank_charge(1000)})):
        with pytest.raises(Invalid, match="its sender has that"):
            both(*chain.two, second, proposal, **more)
    both(*chain.two, second, "income")
    assert (state_of(chain.charge), balances()) == ("lost", {"losses": 1000, "income": 1000})
    assert_whole()


def test_a_transfer_that_has_gone_twice_less_the_fee_is_followed_1127_tg4(officer: Any, second: Any) -> None:
    _charge, credit = paid_and(officer, second, "return")
    do_work()
    sent = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT).transfers.get()
    read(officer, table(row("-10.00", sent.provider_ref, number="s")))
    sent.refresh_from_db()
    brought = line_of(officer, "9.00", text="closed", number="b", iban=IBAN)
    both(officer, second, brought, "less", target=sent)
    both(officer, second, brought, "return", holder="Ada Payer", iban=OTHER)
    with pytest.raises(Invalid, match="waits to go"):
        taken(officer, second, credit)


def bounced(story: Story, number: str = "again") -> StatementLine:
    """The refund, which is owed no more, comes back once more."""
    reference, euros = story.refund.provider_ref, str(story.refund.amount.major)
    line = line_of(story.two[0], euros, reference, text="closed", number=number, iban=IBAN)
    story.refund.refresh_from_db()
    return line


@pytest.mark.parametrize("order", ["back lost gone", "back gone lost", "lost back gone"])
def test_what_comes_back_of_a_claimed_refund_pays_the_claim_1127_tg5(
    officer: Any, second: Any, order: str
) -> None:
    """Sent to its payer, they had it twice, and the claim on them stayed."""
    story = Story(officer, second, 1000, mixed=False)
    for step in order.split():
        getattr(story, step)()
    line, claim = bounced(story), Claim.objects.get(state="open")
    with pytest.raises(Invalid, match="No payment is waited for"):
        both(officer, second, line, "back", target=story.refund)
    asked = ask_claim(claim, payer=None, at=AT)
    assert asked is not None
    do_work()
    asked.refresh_from_db()
    for proposal, more in (
        ("back", {"target": story.refund}),
        ("less", {"target": story.refund}),
        ("return", {"holder": "Ada Payer", "iban": OTHER}),
    ):
        with pytest.raises(Invalid, match=spaced(asked.provider_ref)):
            both(officer, second, line, proposal, **more)
    both(officer, second, line, "charge", target=asked)
    settle_claim(claim, asked, at=AT)
    assert (owed(), balances()) == (0, {})
    assert_whole()
    # Nothing is owed any more: what comes back now is the payer's.
    both(officer, second, bounced(story, "third"), "return", holder="Ada Payer", iban=OTHER)


def test_what_comes_back_of_a_refund_that_was_written_off_is_the_citys_1127_tg5(
    officer: Any, second: Any
) -> None:
    story = Story(officer, second, 1000, mixed=False)
    for step in (story.back, story.lost, story.gone):
        step()
    claim = Claim.objects.get()
    line = bounced(story)
    propose_write_off(actor=officer, claim=claim, reason="No answer", at=AT)
    confirm_write_off(actor=second, claim=claim, at=AT)
    with pytest.raises(Invalid, match="income of the city"):
        both(officer, second, line, "back", target=story.refund)
    with pytest.raises(Invalid, match="income of the city"):
        both(officer, second, line, "return", holder="Ada Payer", iban=OTHER)
    both(officer, second, line, "income")
    assert balances() == {"losses": 1000, "income": 1000}
    assert_whole()


def test_a_return_is_not_confirmed_once_its_refund_is_claimed_1127_tg5(officer: Any, second: Any) -> None:
    """The payment is lost after somebody has proposed to send the refund's money to its payer."""
    story = Story(officer, second, 1000, mixed=False)
    story.back()
    story.gone()
    line = bounced(story)
    operations.propose_line_match(
        actor=officer, line=line, proposal="return", reason="x", at=AT, holder="Ada Payer", iban=OTHER
    )
    story.lost()
    with pytest.raises(Invalid, match="pays the claim"):
        operations.confirm_line_match(actor=second, line=line, at=AT)


def test_what_bounces_without_its_reference_goes_to_another_account_1127_tg13(
    officer: Any, second: Any
) -> None:
    """It was to be sent to the account that the payer names, and naming one was refused."""
    story = Story(officer, second, 1000, mixed=False)
    story.back()
    story.gone()
    line = line_of(officer, "10.00", text="closed", number="again", iban=IBAN)
    story.refund.refresh_from_db()
    with pytest.raises(Invalid, match="to the account that they name"):
        both(officer, second, line, "back", target=story.refund)
    other = line_of(officer, "10.01", text="a gift", number="other", iban=IBAN)
    with pytest.raises(Invalid, match="has not refused it"):
        both(officer, second, other, "return", holder="Ada Payer", iban=OTHER)
    both(officer, second, line, "return", holder="Ada Payer", iban=OTHER)
    assert ordered(officer) == [("10.00", OTHER)]
