"""Several refunds and several claims of one payment, in each order (TI2, TI6 of 28 November)."""

import itertools
from collections.abc import Iterable
from functools import partial
from typing import Any

import pytest
from django.db.models import QuerySet

from marketplace.payments import operations
from marketplace.payments.models import Charge, Claim, Refund, StatementLine
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.providers import Outcome
from marketplace.payments.states import CLAIMED
from tests.factories import payments
from tests.factories.payments import AT, assert_whole, balances, euro, work
from tests.payments.bank_files import read, row, table
from tests.payments.test_one_bad_row import parts
from tests.payments.test_taken_parts import taken
from tests.payments.test_ways_out import IBAN, both, line_of
from tests.undoing import in_every_order, undone

pytestmark = pytest.mark.django_db


class Story:
    """A payment of 25 by some transfers, of which two refunds have gone."""

    def __init__(self, officer: Any, second: Any, sums: Iterable[str], *refunds: int) -> None:
        self.two = (officer, second)
        self.charge, self.credits = parts(officer, second, *sums)
        self.refunds = [self.gone(minor) for minor in refunds]
        self.brought: dict[str, StatementLine] = {}

    def gone(self, minor: int) -> Refund:
        refund = operations.request_refund(
            actor=None, charge=self.charge, amount=euro(minor), key=str(minor), reason="x", at=AT
        )
        work()
        operations.order_transfers(actor=self.two[0], send_on=AT.date(), at=AT)
        refund.refresh_from_db()
        read(self.two[0], table(row(f"-{refund.amount.major}", refund.provider_ref, number=f"s{minor}")))
        return refund

    def step(self, name: str) -> None:
        """A transfer is taken back (p), a refund comes back (b), or has gone after all (g)."""
        number = int(name[1:])
        if name[0] == "p":
            self.take(self.credits[number])
        elif name[0] == "b":
            refund = self.refunds[number]
            self.bring(name, str(refund.amount.major), refund)
        else:
            self.take(self.brought[f"b{number}"])

    def take(self, credit: StatementLine) -> None:
        credit.refresh_from_db()
        taken(*self.two, credit)

    def bring(self, name: str, euros: str, *refunds: Refund) -> None:
        self.brought[name] = line_of(self.two[0], euros, text="closed", number=name, iban=IBAN)
        for refund in refunds:
            refund.refresh_from_db()
            both(*self.two, self.brought[name], "back", target=refund)


def left_of(story: Any) -> QuerySet[Refund]:
    charge: Charge = story.charge
    return charge.refunds.exclude(state__in=["done", "covered"])


def owed() -> int:
    return sum(claim.owed.minor for claim in Claim.objects.filter(state__in=CLAIMED))


def assert_right(charge: Any, when: object) -> None:
    """The payer owes what they got beyond what they paid, and what is still to come or waits for them."""
    charge.refresh_from_db()
    standing = dict.fromkeys(("done", "covered", "alternative_due"), 0)
    for refund in charge.refunds.all():
        standing[refund.state] = standing.get(refund.state, 0) + refund.amount_minor
    got = standing.pop("done") + charge.lost.minor
    standing.pop("covered")
    assert owed() == max(0, got + sum(standing.values()) - charge.amount_minor), when
    # What is kept for who owes goes to no file, until what had come back has gone after all.
    assert not owed() or "g" in str(when) or set(standing) == {"alternative_due"}, when
    assert balances().get("losses", 0) == owed(), when
    assert_whole()


def test_refunds_that_come_back_pay_all_claims_in_each_order_1128_ti2(officer: Any, second: Any) -> None:
    """20 and 4 of 25 are taken, 15 and 10 come back: what one claim leaves was refused as more than the payment."""
    story = Story(officer, second, ("20.00", "4.00", "1.00"), 1500, 1000)

    def after_each(order: tuple[str, ...]) -> None:
        assert_right(story.charge, order)

    def at_end(order: tuple[str, ...]) -> None:
        assert (owed(), story.charge.lost.minor) == (0, 2400), order
        # The payer has 24 by their bank; the last 1 is theirs.
        assert left_of(story).get().amount_minor == 100, order
        for name in ("g0", "g1"):
            story.step(name)
            assert_right(story.charge, (*order, name))
        assert owed() - sum(waits.amount_minor for waits in left_of(story)) == 2400, order

    steps = {name: partial(story.step, name) for name in ("p0", "p1", "b0", "b1")}
    in_every_order(steps, at_end, after_each=after_each)


@pytest.mark.parametrize("first", [0, 1])
def test_so_they_do_where_a_provider_says_it_1128_ti2(first: int) -> None:
    """The message that a refund has failed could never be worked off."""
    charge = payments.paid(2500)
    refunds = []
    for minor in (1500, 1000):
        refunds.append(
            operations.request_refund(
                actor=None, charge=charge, amount=euro(minor), key=str(minor), reason="x", at=AT
            )
        )
        work()
    way: list[Outcome] = []
    for minor in (2000, 500):
        way += [Outcome("dispute", amount=euro(minor)), Outcome("lose", amount=euro(minor))]
        advance_charge(charge, way, at=AT)
    assert_right(charge, "lost")
    for number, left in ((first, 2000), (1 - first, 0)):
        advance_refund(refunds[number], Outcome("fail", failure="closed"), at=AT)
        work()
        assert_right(charge, number)
        assert owed() == left


@pytest.mark.parametrize("sums", [("25.00",), ("15.00", "10.00")])
def test_of_a_credit_that_brought_back_two_refunds_each_is_claimed_1128_ti6(
    officer: Any, second: Any, sums: tuple[str, ...]
) -> None:
    """One claim of both was refused, as more than the one refund."""
    story = Story(officer, second, sums, 1000, 800)
    story.bring("b0", "18.00", *story.refunds)
    for order in itertools.permutations([*(f"p{number}" for number in range(len(sums))), "g0"]):
        with undone():
            for name in order:
                story.step(name)
                assert_right(story.charge, (order, name))
            assert owed() == 1800, order
            if order[-1] == "g0":
                claimed = {claim.refund_id: claim.amount_minor for claim in Claim.objects.all()}
                assert claimed == {story.refunds[0].pk: 1000, story.refunds[1].pk: 800}, order


def test_a_credit_that_paid_and_brought_back_of_one_payment_is_claimed_in_both_1128_ti6(
    officer: Any, second: Any
) -> None:
    """Of its 8 no more than 8 is claimed by the dispute; the rest is the refund's."""
    story = Story(officer, second, ("17.00", "18.00"), 1000)
    mixed = story.credits[1]
    mixed.refresh_from_db()
    story.refunds[0].refresh_from_db()
    both(officer, second, mixed, "back", target=story.refunds[0])
    for credit in (story.credits[0], mixed):
        story.take(credit)
        assert_right(story.charge, credit)
    assert sorted(Claim.objects.values_list("amount_minor", flat=True)) == [200, 800]
