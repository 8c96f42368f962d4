"""Credits that the bank takes back while something else is said of their money, in real threads."""

import threading
import time
from typing import Any

import pytest
from django.db import transaction

from civic.core.errors import Conflict
from marketplace.payments import operations
from marketplace.payments.models import Charge, Refund, StatementLine
from tests.factories import accounts
from tests.factories.payments import AT, assert_whole, balances, euro, work
from tests.payments.bank_files import IBAN, bank_charge, read, row, table
from tests.payments.test_returned_again import Chain
from tests.payments.test_ways_out import both, line_of
from tests.voting.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def propose(officer: Any, line: StatementLine, proposal: str, **more: Any) -> None:
    operations.propose_line_match(actor=officer, line=line, proposal=proposal, reason="x", at=AT, **more)


@pytest.mark.parametrize("turn", range(4))
def test_a_return_goes_once_more_or_its_credit_is_taken_1127_tg4(turn: int) -> None:
    """Both were done, and the sender had it by the bank and by the transfer."""
    first, second = accounts.staff("finance-officers"), accounts.staff("finance-officers")
    chain = Chain(first, second, proposes_taken=True)
    propose(first, chain.brought, "return")
    minus = StatementLine.objects.get(amount_minor=-2500)
    done = at_once(
        lambda: operations.confirm_line_match(actor=second, line=minus, at=AT),
        lambda: operations.confirm_line_match(actor=second, line=chain.brought, at=AT),
    )
    assert [isinstance(one, Conflict) for one in done] == [True, False]
    chain.charge.refresh_from_db()
    assert (chain.charge.state, balances()) == ("succeeded", {"bank": 1500, chain.charge.account: 1500})
    assert_whole()


@pytest.mark.parametrize(("refused", "why"), [(False, "waits to go"), (True, "has come back")])
def test_who_takes_a_credit_waits_for_what_is_said_of_its_return_1127_tg4(refused: bool, why: str) -> None:
    """It is sent once more, or the bank refuses that: read half before and half after, it would look like neither."""
    first, second = accounts.staff("finance-officers"), accounts.staff("finance-officers")
    chain = Chain(first, second, proposes_taken=True)
    minus = StatementLine.objects.get(amount_minor=-2500)
    if refused:
        chain.again(chain.brought)
        sent = chain.order()
        operations.propose_refusal(actor=first, payment=sent, reason="AC04", at=AT)
    else:
        propose(first, chain.brought, "return")
    said = threading.Event()

    def say() -> None:
        with transaction.atomic():
            if refused:
                operations.confirm_refusal(actor=second, payment=sent, at=AT)
            else:
                operations.confirm_line_match(actor=second, line=chain.brought, at=AT)
            said.set()
            time.sleep(0.5)  # until the other waits for it

    def take() -> None:
        said.wait(10)
        operations.confirm_line_match(actor=second, line=minus, at=AT)

    _said, is_refused = at_once(say, take)
    assert why in str(is_refused)
    assert_whole()


@pytest.mark.parametrize("turn", range(6))
def test_a_credit_is_taken_while_a_statement_names_what_it_has_paid_1127_tg12(turn: int) -> None:
    """Whichever payment the statement names first: who came second was cancelled by the database."""
    first, second = accounts.staff("finance-officers"), accounts.staff("finance-officers")
    charges = sorted((bank_charge(1500), bank_charge(1000)), key=lambda charge: charge.pk)
    credit = line_of(first, "25.00", text="both", number="credit", iban=IBAN)
    for charge in charges:
        both(first, second, credit, "charge", target=charge)
    minus = line_of(first, "-25.00", text="reversal", number="minus")
    propose(first, minus, "taken", target=credit)
    one, other = charges
    more = [row("5.00", one.provider_ref, number="one"), row("5.00", other.provider_ref, number="other")]
    at_once(
        lambda: operations.confirm_line_match(actor=second, line=minus, at=AT),
        lambda: read(first, table(*reversed(more))),
    )
    assert set(Charge.objects.values_list("state", flat=True)) == {"lost"}
    assert balances() == {"bank": 1000, "suspense": 1000}
    assert_whole()


@pytest.mark.parametrize("turn", range(6))
def test_a_credit_is_taken_while_a_statement_shows_a_refund_of_it_1127_tg12(turn: int) -> None:
    """The payment of a refund that has gone is locked with those that are paid."""
    first, second = accounts.staff("finance-officers"), accounts.staff("finance-officers")
    one, other = sorted((bank_charge(1500), bank_charge(1000)), key=lambda charge: charge.pk)
    credit = line_of(first, "25.00", text="both", number="credit", iban=IBAN)
    for charge in (one, other):
        both(first, second, credit, "charge", target=charge)
    one.refresh_from_db()
    operations.request_refund(actor=None, charge=one, amount=euro(500), key="r", reason="x", at=AT)
    work()
    minus = line_of(first, "-25.00", text="reversal", number="minus")
    propose(first, minus, "taken", target=credit)
    out = row("-5.00", Refund.objects.get().provider_ref, number="out")
    at_once(
        lambda: operations.confirm_line_match(actor=second, line=minus, at=AT),
        lambda: read(first, table(row("5.00", other.provider_ref, number="more"), out)),
    )
    shows = StatementLine.objects.get(amount_minor=-500)
    assert (Refund.objects.get().state, shows.state) in {("done", "matched"), ("covered", "unclear")}
    assert_whole()
