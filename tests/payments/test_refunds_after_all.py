"""Refunds that came back, were given back by a dispute or set off a claim, and have gone after all (TF3, TF5)."""

from functools import partial
from typing import Any

import pytest

from civic.core.errors import Invalid
from marketplace.payments import operations, receipts
from marketplace.payments.models import Charge, Claim, Refund, StatementLine
from marketplace.payments.operations.claims import ask_claim, settle_claim
from tests.factories.payments import AT, assert_whole, balances, euro
from tests.factories.payments import work as do_work
from tests.payments.bank_files import bank_charge, read, row, table
from tests.payments.test_less_back import gone
from tests.payments.test_taken_lost import paid_and, state_of
from tests.payments.test_taken_parts import taken
from tests.payments.test_ways_out import IBAN, both, line_of
from tests.undoing import in_every_order

pytestmark = pytest.mark.django_db


class Story:
    """A payment of 25, of which so much was refunded and has gone; a step is a line of the bank's."""

    def __init__(
        self,
        officer: Any,
        second: Any,
        refunded: int,
        *,
        sums: tuple[str, ...] = ("25.00",),
        mixed: bool = False,
    ) -> None:
        self.two, self.mixed = (officer, second), mixed
        self.charge = bank_charge(2500)
        self.credits = [line_of(officer, one, text="part", number=one, iban=IBAN) for one in sums]
        for credit in self.credits:
            both(officer, second, credit, "charge", target=self.charge)
        operations.request_refund(
            actor=None, charge=self.charge, amount=euro(refunded), key="r", reason="x", at=AT
        )
        refund = gone(officer)
        assert isinstance(refund, Refund)
        self.refund = refund

    def back(self) -> None:
        """The refund comes back, alone or by a line that pays something else, too."""
        more = 1500 if self.mixed else 0
        euros = euro(self.refund.amount_minor + more).major
        self.brought = line_of(self.two[0], str(euros), text="back", number="back", iban=IBAN)
        if more:
            both(*self.two, self.brought, "charge", target=bank_charge(more))
        both(*self.two, self.brought, "back", target=self.refund)

    def lost(self) -> None:
        """The bank takes the payment back, or the first transfer of it."""
        self.credits[0].refresh_from_db()
        taken(*self.two, self.credits[0])

    first = lost

    def second(self) -> None:
        """The bank takes the second transfer back."""
        self.credits[1].refresh_from_db()
        taken(*self.two, self.credits[1])

    def gone(self) -> None:
        """The bank takes back what had brought the refund."""
        taken(*self.two, self.brought)

    def refund_is_gone(self) -> bool:
        """Whether the bank has taken back what had brought it."""
        return StatementLine.objects.filter(reverses=self.brought, proposal="taken", state="settled").exists()

    def receipt(self) -> int:
        """What the payer has given, as their own pages count it, in minor units."""
        charges = Charge.objects.filter(pk=self.charge.pk).prefetch_related("refunds")
        return sum(one.amount.minor for one in receipts.movements_of(charges))


def owed() -> int:
    """What all claims together still ask for, in minor units."""
    open_ = Claim.objects.exclude(state__in=["paid", "written_off"]).select_related("dispute__charge")
    return sum(claim.owed.minor for claim in open_)


@pytest.mark.parametrize("mixed", [False, True], ids=["alone", "mixed"])
@pytest.mark.parametrize("refunded", [1000, 2500])
@pytest.mark.parametrize("order", ["back gone lost", "back lost gone", "lost back gone"])
def test_who_has_a_refund_twice_owes_it_in_every_order_1127_tf3(
    officer: Any, second: Any, order: str, refunded: int, mixed: bool
) -> None:
    story = Story(officer, second, refunded, mixed=mixed)
    for step in order.split():
        getattr(story, step)()
    story.refund.refresh_from_db()
    assert (state_of(story.charge), story.refund.state, owed()) == ("lost", "done", refunded)
    assert balances() == {"bank": -refunded, "losses": refunded}
    assert_whole()
    _pay(officer, Claim.objects.get(state="open"))
    assert (owed(), balances()) == (0, {})
    assert_whole()


def _pay(officer: Any, claim: Claim) -> None:
    asked = ask_claim(claim, payer=None, at=AT)
    assert isinstance(asked, Charge)
    do_work()
    asked.refresh_from_db()
    read(officer, table(row(str(asked.amount.major), asked.provider_ref, number="claim", iban=IBAN)))
    settle_claim(claim, asked, at=AT)


@pytest.mark.parametrize("mixed", [False, True], ids=["alone", "mixed"])
@pytest.mark.parametrize(
    "sums", [("20.00", "5.00"), ("15.00", "10.00"), ("24.99", "0.01"), ("10.00", "15.00")]
)
def test_of_a_payment_lost_in_parts_each_order_ends_alike_1127_tg1_tg2(
    officer: Any, second: Any, sums: tuple[str, str], mixed: bool
) -> None:
    """A refund of 10 came back: the bank takes back that, and the two transfers that had paid 25, one by one."""
    story = Story(officer, second, 1000, sums=sums, mixed=mixed)
    story.back()

    def step(name: str) -> None:
        getattr(story, name)()
        story.charge.refresh_from_db()
        story.refund.refresh_from_db()
        # What is owed is set aside for the payer, as if it had gone.
        is_theirs = story.refund_is_gone() or story.refund.state == "alternative_due"
        has = 2500 - _here(story) + (1000 if is_theirs else 0)
        assert (story.charge.left.minor, owed()) == (max(0, 2500 - has), max(0, has - 2500)), name

    def check(order: tuple[str, ...]) -> None:
        assert balances() == {"bank": -1000, "losses": 1000}, order
        assert story.receipt() == -1000, order
        assert_whole()

    in_every_order({name: partial(step, name) for name in ("first", "second", "gone")}, check)


def _here(story: Story) -> int:
    """What of the payment the bank has not taken back, in minor units."""
    taken_back = StatementLine.objects.filter(proposal="taken", state="settled")
    return sum(one.amount_minor for one in story.credits if not taken_back.filter(reverses=one).exists())


def test_a_return_that_came_back_is_the_citys_in_both_orders_1127_tf5(officer: Any, second: Any) -> None:
    """Its sender had the whole credit by the bank, and could be sent a part of it once more."""
    charge, credit = paid_and(officer, second, "return")
    do_work()
    order = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    sent = order.transfers.get()
    read(officer, table(row("-10.00", sent.provider_ref, number="s")))
    sent.refresh_from_db()
    taken(officer, second, credit)
    brought = line_of(officer, "10.00", text="closed", number="b", iban=IBAN)
    both(officer, second, brought, "back", target=sent)
    for proposal, more in (("return", {}), ("charge", {"target": bank_charge(1000)})):
        with pytest.raises(Invalid, match="its sender has that"):
            both(officer, second, brought, proposal, **more)
    both(officer, second, brought, "income")
    assert (state_of(charge), balances()) == ("lost", {"losses": 1000, "income": 1000})
    assert_whole()


@pytest.mark.parametrize("proposed", [False, True])
def test_a_return_that_lies_here_again_is_settled_before_its_credit_is_taken_1127_tf5(
    officer: Any, second: Any, proposed: bool
) -> None:
    """Booked as lost, it would be sent once more. That holds while somebody has proposed to send it, too (TG4)."""
    _charge, credit = paid_and(officer, second, "return")
    do_work()
    order = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    sent = order.transfers.get()
    read(officer, table(row("-10.00", sent.provider_ref, number="s")))
    sent.refresh_from_db()
    brought = line_of(officer, "10.00", text="closed", number="b", iban=IBAN)
    both(officer, second, brought, "back", target=sent)
    if proposed:
        operations.propose_line_match(
            actor=officer, line=brought, proposal="return", reason="The sender asks", at=AT
        )
    minus = line_of(officer, "-25.00", text="reversal", number="minus")
    with pytest.raises(Invalid, match="has come back"):
        both(officer, second, minus, "taken", target=credit)
    if proposed:
        operations.withdraw_line_match(actor=second, line=brought, reason="It is the city's", at=AT)
        brought.refresh_from_db()
    both(officer, second, brought, "income")
    both(officer, second, minus, "taken", target=credit)
    assert balances() == {"losses": 1000, "income": 1000}
    assert_whole()
