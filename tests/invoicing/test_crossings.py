"""Each order of two money verbs of an invoice of 1,190 euros that was paid online: what is open of it, in euros.

`part` is the credit note of 595 of them; it is made in a campaign of any state, as the end of a project makes it.

The cells are the specification; `NO` is refused, and changes nothing.
"""

import pytest
from django.db import transaction

from civic.core.errors import Conflict
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations.credit_notes import credit_part
from marketplace.payments.models import Charge
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from marketplace.payments.states import ChargeState
from marketplace.sponsorship.models import SponsorshipStanding
from tests.factories import payments, sponsors
from tests.factories.campaigns import work
from tests.factories.sponsor_payments import assert_nothing_stuck, paid_online
from tests.factories.sponsors import AT
from tests.undoing import undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
NO = "refused"
VERBS = ("lose 400", "lose 100 of 400", "win 400", "lose all", "part", "credit")
# What is open after the verb alone, then after each of VERBS that follows it.
CELLS = {
    "lose 400": (400, (800, 500, 400, 1190, 0, 0)),
    "lose 100 of 400": (100, (500, 200, 100, 1190, 0, 0)),
    "win 400": (0, (400, 100, 0, 1190, 0, 0)),
    "lose all": (1190, (1190, 1190, 1190, 1190, NO, 0)),
    # 595 go back, and what is open is given up with it: what a dispute takes of the other 595 is owed again.
    "part": (0, (400, 100, 0, 595, 0, 0)),
    # What the buyer has back already is lost by the city, and not owed again.
    "credit": (0, (0, 0, 0, 0, NO, NO)),
}


def act(invoice: Invoice, charge: Charge, verb: str) -> None:
    if verb == "credit":
        sponsors.credited(sponsors.fresh(invoice))
    elif verb == "part":
        credit_part(sponsors.fresh(invoice), net_minor=500_00, reason="Less.", at=AT)
    else:
        what, _space, rest = verb.partition(" ")
        amounts = [None if word == "all" else sponsors.money(int(word) * 100) for word in rest.split(" of ")]
        told = [Outcome("dispute")] * charge.disputes.count()
        advance_charge(charge, [*told, Outcome("dispute", amount=amounts[-1])], at=AT)
        work(AT)
        if Charge.objects.get(pk=charge.pk).state == ChargeState.DISPUTED:
            advance_charge(charge, Outcome("win" if what == "win" else "lose", amount=amounts[0]), at=AT)
    work(AT)


def assert_open(invoice: Invoice, whole: int, *, credited: bool) -> None:
    """The invoice, the sponsorship, the receivable all say that so much is open."""
    current = sponsors.fresh(invoice)
    assert current.open_minor == whole * 100
    standing = SponsorshipStanding.objects.get(pk=invoice.sponsorship.pk).standing
    paid, net = invoice.payments.totals()
    assert standing == (0 if credited else net)
    if not invoice.credit_notes.exists():
        assert net == invoice.net_of(invoice.gross_minor - whole * 100)
    assert paid + current.open_minor == invoice.gross_minor + current.credited_minor
    assert payments.balances().get(invoice.receivable, 0) == whole * 100
    assert_nothing_stuck()


def test_each_order_of_two_money_verbs_of_an_invoice_m4() -> None:
    invoice, charge = paid_online()
    for first, (alone, then) in CELLS.items():
        with undone():
            act(invoice, charge, first)
            assert_open(invoice, alone, credited=first == "credit")
            for second, cell in zip(VERBS, then, strict=True):
                with undone():
                    _second(invoice, charge, second, cell, alone, was_credited=first == "credit")


def _second(invoice, charge, second, cell, alone, *, was_credited) -> None:
    if cell == NO:
        with pytest.raises(Conflict), transaction.atomic():
            act(invoice, charge, second)
    else:
        act(invoice, charge, second)
    assert_open(invoice, alone if cell == NO else cell, credited=was_credited or second == "credit")


def test_every_verb_has_its_row_and_columns() -> None:
    assert tuple(CELLS) == VERBS
    assert all(len(then) == len(VERBS) for _alone, then in CELLS.values())
