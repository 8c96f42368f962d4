"""What each verb does to a match in each state of the fund: the cells are the specification.

A cell is `DONE`, or the error that refuses. After each verb the books say what the rows say, and what a quadratic fund
has published recomputes to what it gives.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from civic.core.errors import Conflict, IllegalTransition, Refused
from marketplace.matching.operations import (
    challenges,
    closing,
    deposits,
    exclusions,
    funds,
    matching,
    quadratic_allocation,
    returns,
)
from marketplace.matching.states import MatchFundState
from tests.factories import matching as made
from tests.matching.scenes import DAYS, Rule, Scene, settle_books
from tests.matching.test_quadratic import raised
from tests.undoing import undone

pytestmark = pytest.mark.django_db


DONE, ILLEGAL, REFUSED = "done", IllegalTransition, Conflict


DRAFT, OPEN, FROZEN, SETTLED, CLOSED = list(MatchFundState)


def fund_in(state: MatchFundState, at: datetime) -> Scene:
    """A quadratic fund in this state; a ratio fund where it is closed, which a quadratic is once its rest goes back."""
    rule = Rule.RATIO if state == CLOSED else Rule.QUADRATIC
    fund = made.fund(at, rule=rule, opened=state != DRAFT)
    here = Scene(fund, at, made.finance_officer())
    here.entered = deposits.enter_deposit(
        actor=made.finance_officer(), fund=fund, amount_minor=5_00, note="Late", at=at
    )
    if state == DRAFT:
        return here
    here.allocation = made.enrolled(fund, at, ends_at=at + 60 * DAYS)
    for _ in range(2):
        made.gift(here.campaign, 25_00, at)
    if state == CLOSED:
        matching.match_campaign(here.campaign, at)
        matching.commit_match(here.campaign, at)
    if state != OPEN:
        here.at = fund.freezes_at + DAYS
        closing.end_due(here.at)
        fund.refresh_from_db()
    if state in (FROZEN, SETTLED):
        here.objection = raised(fund)
    if state == SETTLED:
        assert here.objection
        here.at += 20 * DAYS
        challenges.reject(actor=here.officer, challenge=here.objection, reason="No.", at=here.at)
        quadratic_allocation.settle(actor=here.officer, fund=fund, at=here.at)
    fund.refresh_from_db()
    assert fund.state == state
    return here


def enter_deposit(here: Scene) -> None:
    deposits.enter_deposit(actor=here.officer, fund=here.fund, amount_minor=5_00, note="x", at=here.at)


def confirm_deposit(here: Scene) -> None:
    assert here.entered
    deposits.confirm_deposit(actor=here.officer, deposit=here.entered, at=here.at)


def open_(here: Scene) -> None:
    funds.open_fund(actor=here.officer, fund=here.fund, at=here.at)


def enrol(here: Scene) -> None:
    made.enrolled(here.fund, here.at, ends_at=here.at + 60 * DAYS)


def freeze(here: Scene) -> None:
    quadratic_allocation.freeze(here.fund, max(here.at, here.fund.freezes_at))


def challenge(here: Scene) -> None:
    raised(here.fund)


def correct_and_uphold(here: Scene) -> None:
    if here.objection is None:
        raise Conflict
    person = here.gifts[0].person
    assert person
    exclusions.exclude(actor=here.officer, campaign=here.campaign, person=person, reason="x", at=here.at)
    challenges.uphold(actor=here.officer, challenge=here.objection, reason="Is true.", at=here.at)


def share_out(here: Scene) -> None:
    if here.objection and here.fund.state == FROZEN:
        challenges.reject(actor=here.officer, challenge=here.objection, reason="No.", at=here.at)
    quadratic_allocation.settle(actor=here.officer, fund=here.fund, at=here.at + 20 * DAYS)


def give_back(here: Scene) -> None:
    returned = returns.request_return(
        actor=here.officer, fund=here.fund, holder="Office", iban=made.IBAN, reason="Over", at=here.at
    )
    returns.approve_return(actor=made.finance_officer(), returned=returned, at=here.at)


FUND_TABLE: dict[Callable[[Scene], object], tuple[Any, ...]] = {
    #                    draft    open     frozen   settled  closed
    enter_deposit:      (DONE,    DONE,    REFUSED, REFUSED, REFUSED),
    confirm_deposit:    (DONE,    DONE,    DONE,    DONE,    DONE),
    open_:              (DONE,    ILLEGAL, REFUSED, REFUSED, REFUSED),
    enrol:              (REFUSED, DONE,    REFUSED, REFUSED, REFUSED),
    freeze:             (ILLEGAL, DONE,    DONE,    ILLEGAL, REFUSED),
    challenge:          (REFUSED, REFUSED, DONE,    REFUSED, REFUSED),
    correct_and_uphold: (REFUSED, REFUSED, DONE,    REFUSED, REFUSED),
    share_out:          (REFUSED, REFUSED, DONE,    REFUSED, REFUSED),
    # Settled, its campaign is not decided yet; closed, it is.
    give_back:          (DONE,    REFUSED, REFUSED, REFUSED, DONE),
}  # fmt: skip


def outcome(verb: Callable[[Scene], object], here: Scene) -> Any:
    """What the verb comes to: DONE, or the class of the refusal; taken back afterwards."""
    found: Any = DONE
    with undone():
        try:
            with transaction.atomic():
                verb(here)
        except Refused as refusal:
            found = type(refusal)
        settle_books(here)
    here.fund.refresh_from_db()
    return found


@pytest.mark.parametrize("state", MatchFundState)
def test_each_verb_in_each_state_of_the_fund(at: datetime, state: MatchFundState) -> None:
    here, place = fund_in(state, at), list(MatchFundState).index(state)
    found = {verb.__name__: outcome(verb, here) for verb in FUND_TABLE}
    assert found == {verb.__name__: cells[place] for verb, cells in FUND_TABLE.items()}
