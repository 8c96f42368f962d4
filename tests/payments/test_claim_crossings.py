"""What each verb makes of a claim, by its own state and those of its payment, refund and payer: the cells are the
specification.

A cell is the state of the claim afterwards (`STAYS` where nothing changes, `ANOTHER` where a second claim arises), or
the error that refuses. Whatever is done, the ledger's entries balance.
"""

import pytest
from django.db import transaction

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, IllegalTransition, Refused
from marketplace.payments.models import Charge, Claim, Refund
from marketplace.payments.operations import claims, pay_refund_otherwise, request_refund
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.providers import Outcome
from marketplace.payments.states import ChargeState, ClaimState, RefundState
from tests.factories import accounts, payments
from tests.factories.payments import AT, euro
from tests.undoing import undone

pytestmark = pytest.mark.django_db
S, STAYS, ANOTHER, NO, ILLEGAL = ClaimState, "stays", "another", Conflict, IllegalTransition

VERBS = (
    "paid by transfer",
    "proposed to be written off",
    "taken back",
    "written off by another",
    "the refund comes back",
    "… and is paid otherwise",
    "disputed again and won",
    "disputed again and lost",
    "the bank takes the transfer back",
)
OPEN = (S.PAID, S.PROPOSED, ILLEGAL, NO, S.PAID, ILLEGAL, STAYS, STAYS, STAYS)
CLAIM = {
    S.OPEN: OPEN,
    S.PROPOSED: (S.PAID, ILLEGAL, S.OPEN, S.WRITTEN_OFF, S.PAID, ILLEGAL, STAYS, STAYS, STAYS),
    # A refund that comes back is theirs, once they have paid.
    S.PAID: (STAYS, ILLEGAL, ILLEGAL, NO, STAYS, STAYS, STAYS, STAYS, S.OPEN),
    # The transfer may be on its way when it is given up.
    S.WRITTEN_OFF: (S.PAID, ILLEGAL, ILLEGAL, NO, S.PAID, ILLEGAL, STAYS, STAYS, STAYS),
}
# What is left of the payment may be disputed once more; a claim is of what was lost, whatever becomes of the rest.
CHARGE = {
    "lost": OPEN,
    "lost in part": (*OPEN[:6], STAYS, ANOTHER, STAYS),
    "disputed": (*OPEN[:5], NO, STAYS, ANOTHER, STAYS),
    "won": (*OPEN[:6], STAYS, ANOTHER, STAYS),
}
PAYER = {"there": OPEN, "erased": OPEN, "suspended": OPEN}
# Whether one arises when the payment is lost whole: what has not gone back yet the dispute has paid in its place.
ARISES = {
    RefundState.REQUESTED: False,
    RefundState.SENT: False,
    RefundState.PENDING: False,
    RefundState.DONE: True,
    RefundState.FAILED: None,  # no refund stays so: it is to be paid another way at once
    RefundState.ALTERNATIVE_DUE: False,
    RefundState.COVERED: None,  # only by a lost dispute of all that is left
}
REFUND_STEPS = {
    RefundState.REQUESTED: (),
    RefundState.SENT: ("send",),
    RefundState.PENDING: ("send", "wait"),
    RefundState.DONE: ("send", "finish"),
    RefundState.ALTERNATIVE_DUE: ("send", "fail"),
}


def given_back(minor: int, state: RefundState = RefundState.DONE) -> Charge:
    """A payment of 40.00, of which so much has been given back."""
    charge = payments.paid(40_00, account="gift/held")
    refund = request_refund(actor=None, charge=charge, amount=euro(minor), key="r", reason="Asked.", at=AT)
    for verb in REFUND_STEPS[state]:
        advance_refund(refund, Outcome(verb), at=AT)
    return charge


def dispute(charge: Charge, verb: str = "", minor: int | None = None) -> None:
    """A further dispute, which ends by the verb, or does not end."""
    way = [Outcome("dispute")] * charge.disputes.count()
    running = charge.disputes.filter(decided_at=None).exists()
    more = [] if running else [Outcome("dispute", amount=euro(minor) if minor else None)]
    advance_charge(charge, [*way, *more, *([Outcome(verb)] if verb else [])], at=AT)


def deliver() -> None:
    while events.deliver_pending(at=AT):
        pass


def claim_of(charge: str, state: ClaimState, payer: str, officers: list[Person]) -> Claim:
    """A claim in this state, of a payment and a payer in theirs."""
    paid = given_back(40_00 if charge == "lost" else 10_00)
    if payer == "erased":
        Charge.objects.filter(pk=paid.pk).update(payer=None)
    elif payer == "suspended":
        Person.objects.filter(pk=paid.payer_id).update(is_active=False)
    paid.refresh_from_db()
    dispute(paid, "lose", None if charge == "lost" else 35_00)
    if charge in ("disputed", "won"):
        dispute(paid, "win" if charge == "won" else "")
    claim = Claim.objects.get()
    claims.ask_claim(claim, payer=paid.payer, at=AT)
    payments.work()
    deliver()
    steps = {S.PROPOSED: 1, S.WRITTEN_OFF: 2}.get(state, 0)
    if steps:
        claims.propose_write_off(actor=officers[0], claim=claim, reason="Too little.", at=AT)
    if steps == 2:
        claims.confirm_write_off(actor=officers[1], claim=claim, at=AT)
    if state == S.PAID:
        act(claim, "paid by transfer", officers)
    claim.refresh_from_db()
    assert claim.state == state
    return claim


def act(claim: Claim, verb: str, officers: list[Person]) -> None:
    refund = Refund.objects.get(key="r")
    if verb == "paid by transfer":
        advance_charge(Charge.objects.get(purpose=claim.purpose), Outcome("succeed"), at=AT)
    elif verb == "proposed to be written off":
        claims.propose_write_off(actor=officers[0], claim=claim, reason="Too little.", at=AT)
    elif verb == "taken back":
        claims.withdraw_write_off(actor=officers[0], claim=claim, reason="They answered.", at=AT)
    elif verb == "written off by another":
        claims.confirm_write_off(actor=officers[1], claim=claim, at=AT)
    elif verb == "the bank takes the transfer back":
        for paid in claim.payments.filter(state=ChargeState.SUCCEEDED):
            advance_charge(paid, [Outcome("dispute"), Outcome("lose")], at=AT)
    elif verb.startswith("disputed again"):
        dispute(claim.charge, "win" if verb.endswith("won") else "lose")
    else:
        advance_refund(refund, Outcome("fail"), at=AT)
        if verb.startswith("…"):
            pay_refund_otherwise(actor=officers[0], refund=refund, reason="In cash.", at=AT)
    deliver()


def answers(claim: Claim, officers: list[Person]) -> tuple[object, ...]:
    """What each verb makes of the claim; it is taken back afterwards."""
    found: list[object] = []
    for verb in VERBS:
        with undone():
            try:
                with transaction.atomic():
                    act(Claim.objects.select_related("dispute__charge").get(pk=claim.pk), verb, officers)
                now = Claim.objects.get(pk=claim.pk).state
                another = ANOTHER if Claim.objects.count() > 1 else STAYS
                found.append(another if now == claim.state else now)
                payments.assert_whole()
            except Refused as refusal:
                found.append(type(refusal))
    return tuple(found)


@pytest.fixture
def officers() -> list[Person]:
    return [accounts.staff("finance-officers"), accounts.staff("finance-officers")]


@pytest.mark.parametrize("state", CLAIM)
def test_each_verb_in_each_state_of_a_claim(state: ClaimState, officers: list[Person]) -> None:
    assert answers(claim_of("lost", state, "there", officers), officers) == CLAIM[state]


@pytest.mark.parametrize("charge", CHARGE)
def test_each_verb_in_each_state_of_its_payment(charge: str, officers: list[Person]) -> None:
    assert answers(claim_of(charge, S.OPEN, "there", officers), officers) == CHARGE[charge]


@pytest.mark.parametrize("payer", PAYER)
def test_each_verb_whoever_the_payer_is_today(payer: str, officers: list[Person]) -> None:
    assert answers(claim_of("lost", S.OPEN, payer, officers), officers) == PAYER[payer]


@pytest.mark.parametrize("state", [state for state, arises in ARISES.items() if arises is not None])
def test_a_claim_arises_of_what_has_gone_back_alone(state: RefundState) -> None:
    charge = given_back(40_00, state)
    dispute(charge, "lose")
    assert (charge.state, Claim.objects.exists()) == (ChargeState.LOST, ARISES[state])
    payments.assert_whole()


def test_every_state_has_its_cells() -> None:
    assert set(CLAIM) == set(ClaimState)
    assert set(ARISES) == set(RefundState)
    assert {name for name in CHARGE if name in list(ChargeState)} == {"lost", "disputed", "won"}
