"""What each step and each verb of the desk makes of a charge in each of its states: the cells are the specification.

A cell is the state afterwards (`STAYS` where the step is no step from there), or the error that refuses. A state
without a row, or a verb without a column, fails.
"""

from collections.abc import Callable

import pytest
from django.db import transaction

from civic.core.errors import Conflict, Refused
from marketplace.payments.models import Charge
from marketplace.payments.operations import cancel_by_hand, refund_part, refund_rest
from marketplace.payments.operations.charges import advance_charge, confirming
from marketplace.payments.providers import Outcome
from marketplace.payments.states import CHARGE, ChargeState
from tests.factories import accounts, payments
from tests.factories.payments import AT, euro
from tests.undoing import undone

pytestmark = pytest.mark.django_db
S = ChargeState
STAYS, NO = "stays", Conflict
IN_PART = "lost in part"
VERBS = (
    "succeed",
    "process",
    "ask_payer",
    "fail",
    "dispute",
    "win",
    "lose",
    "refund part",
    "refund rest",
    "cancel",
)
ASKED = (S.SUCCEEDED, S.PROCESSING, STAYS, S.FAILED, STAYS, STAYS, STAYS, NO, NO, STAYS)
PAID = (STAYS, STAYS, STAYS, STAYS, S.DISPUTED, STAYS, STAYS, STAYS, STAYS, NO)
OVER = (STAYS, STAYS, STAYS, STAYS, STAYS, STAYS, STAYS, NO, NO, NO)
CELLS = {
    S.CREATED: (STAYS, STAYS, STAYS, S.FAILED, STAYS, STAYS, STAYS, NO, NO, S.FAILED),
    # What is cancelled at the provider fails when the provider says so: it may be paid meanwhile.
    S.PREPARED: ASKED,
    S.CONFIRMING: (S.SUCCEEDED, S.PROCESSING, S.NEEDS_PAYER, *ASKED[3:]),
    S.PROCESSING: (S.SUCCEEDED, STAYS, *ASKED[2:]),
    S.NEEDS_PAYER: ASKED,
    S.SUCCEEDED: PAID,
    S.FAILED: OVER,
    S.DISPUTED: (STAYS, STAYS, STAYS, STAYS, STAYS, S.WON, S.LOST, NO, NO, NO),
    S.WON: PAID,
    # Nothing is left to dispute, or to give back.
    S.LOST: OVER,
    IN_PART: PAID,
}
WAYS: dict[str, list[Outcome]] = {
    S.PROCESSING: [Outcome("process")],
    S.SUCCEEDED: [Outcome("succeed")],
    S.FAILED: [Outcome("fail")],
    S.DISPUTED: [Outcome("succeed"), Outcome("dispute")],
    S.WON: [Outcome("succeed"), Outcome("dispute"), Outcome("win")],
    S.LOST: [Outcome("succeed"), Outcome("dispute"), Outcome("lose")],
    IN_PART: [Outcome("succeed"), Outcome("dispute"), Outcome("lose", amount=euro(10_00))],
}


def charge_in(state: str) -> Charge:
    """A charge of 25 euros that went its usual way to this state."""
    made = payments.charge(25_00, account="gift/held")
    if state != S.CREATED:
        payments.work()
    if state in (S.CONFIRMING, S.NEEDS_PAYER):
        confirming(made, at=AT)
    way = [Outcome("ask_payer")] if state == S.NEEDS_PAYER else WAYS.get(state, [])
    advance_charge(made, way, at=AT)
    made.refresh_from_db()
    assert made.state == (S.LOST if state == IN_PART else state)
    return made


def told(verb: str) -> Callable[[Charge], object]:
    def tell(charge: Charge) -> None:
        # Beside those that were heard of, in the order in which the provider tells them.
        known = charge.disputes.count() if verb == "dispute" else 0
        advance_charge(charge, [Outcome("dispute")] * known + [Outcome(verb)], at=AT)

    return tell


def by_desk(verb: str) -> Callable[[Charge], object]:
    def ask(charge: Charge) -> None:
        officer = accounts.staff("finance-officers")
        if verb == "cancel":
            cancel_by_hand(actor=officer, charge=charge, reason="No need.", at=AT)
        elif verb == "refund rest":
            refund_rest(actor=officer, charge=charge, reason="Asked for it.", at=AT)
        else:
            refund_part(actor=officer, charge=charge, amount=euro(1_00), token="1", reason="So.", at=AT)

    return ask


def answer(charge: Charge, verb: str) -> object:
    """What a verb makes of the charge, in words of the table; it is taken back afterwards."""
    found: object = None
    act = told(verb) if verb in {name for name, _state in CHARGE} else by_desk(verb)
    with undone():
        before = charge.state
        try:
            with transaction.atomic():
                act(charge)
            charge.refresh_from_db()
            found = STAYS if charge.state == before else charge.state
            payments.assert_whole()
        except Refused as refusal:
            found = type(refusal)
    charge.refresh_from_db()
    return found


@pytest.mark.parametrize("state", CELLS)
def test_each_verb_in_each_state_of_a_charge(state: str) -> None:
    charge = charge_in(state)
    found = {verb: answer(charge, verb) for verb in VERBS}
    assert found == dict(zip(VERBS, CELLS[state], strict=True))


def test_every_state_and_every_step_has_its_cells() -> None:
    assert set(CELLS) == {*ChargeState, IN_PART}
    # Prepared and confirmed is a charge by us, before the provider has told anything.
    assert {verb for verb, _state in CHARGE} - {"prepare", "confirm"} <= set(VERBS)
