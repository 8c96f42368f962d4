"""What each verb does with a payout in each of its states: by itself, and while something stands in its way.

The cells are the specification: the state afterwards, where its 30 euros lie with it, or `NO`: refused, nothing moves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import transaction

from civic.accounts.models import Organisation, Person
from civic.core.errors import Conflict, Forbidden, IllegalTransition
from civic.core.states import transition
from marketplace.payments.models import Transfer
from marketplace.payments.operations.transfers import advance_transfer
from marketplace.payments.providers import Outcome
from marketplace.payouts.models import Payout
from marketplace.payouts.operations import holds, payouts
from marketplace.payouts.states import PayoutState
from projects.proposals.models import Project
from tests.factories import accounts, matching
from tests.undoing import undone

pytestmark = pytest.mark.django_db

NO = "refused"
P = PayoutState


@dataclass
class Scene:
    """A payout in one of its states, who requested it and who else may approve it."""

    payout: Payout
    requester: Person
    other: Person
    at: datetime


def payout_in(state: str, at: datetime) -> Scene:
    payout = matching.planned(at)
    here = Scene(payout, matching.finance_officer(), matching.finance_officer(), at)
    if state != P.PLANNED:
        request(here)
    if state not in (P.PLANNED, P.REQUESTED):
        approve(here)
    for verb in {P.SETTLED: ["settle"], P.FAILED: ["fail"], P.REVERSED: ["settle", "reverse"]}.get(
        P(state), []
    ):
        news(here, verb)
    here.payout.refresh_from_db()
    assert here.payout.state == state
    return here


def request(here: Scene) -> None:
    payouts.request_payout(actor=here.requester, payout=here.payout, at=here.at)


def approve(here: Scene) -> None:
    payouts.approve_payout(actor=here.other, payout=here.payout, at=here.at)


def approve_own(here: Scene) -> None:
    payouts.approve_payout(actor=here.requester, payout=here.payout, at=here.at)


def send_back(here: Scene) -> None:
    payouts.send_back(actor=here.other, payout=here.payout, reason="Not yet.", at=here.at)


def news(here: Scene, verb: str) -> None:
    here.payout.refresh_from_db()
    transfer = Transfer.objects.filter(purpose=here.payout.purpose).first()
    if transfer:
        if transfer.can("send"):
            transition(transfer, "send", actor=None, at=here.at)
        advance_transfer(transfer, Outcome(verb), at=here.at)
    payouts.settle_transfer(here.payout.purpose, verb, here.at)


def settle(here: Scene) -> None:
    news(here, "settle")


def fail(here: Scene) -> None:
    news(here, "fail")


def reverse(here: Scene) -> None:
    news(here, "reverse")


VERBS: list[Callable[[Scene], None]] = [request, approve, approve_own, send_back, settle, fail, reverse]
S = "same"
# By the state before: after request, approve, approve_own, send_back, settle, fail, reverse.
FREE = {
    P.PLANNED: (P.REQUESTED, NO, NO, NO, S, S, S),
    P.REQUESTED: (NO, P.SENT, NO, P.PLANNED, S, S, S),
    P.SENT: (NO, NO, NO, NO, P.SETTLED, P.FAILED, S),
    P.SETTLED: (NO, NO, NO, NO, S, S, P.REVERSED),
    P.FAILED: (P.REQUESTED, NO, NO, NO, S, S, S),
    P.REVERSED: (P.REQUESTED, NO, NO, NO, S, S, S),
}
# Nothing leaves while it stands in the way; what was sent is told of all the same, and what waits can be sent back.
BARRED = {
    state: tuple(NO if cell in (P.REQUESTED, P.SENT) else cell for cell in FREE[state]) for state in FREE
}


def free(here: Scene) -> None:
    """Nothing stands in the way."""


def held(here: Scene) -> None:
    holds.doubt(actor=here.other, campaign=here.payout.campaign, reason="A letter came.", at=here.at)


def suspended(here: Scene) -> None:
    Organisation.objects.filter(pk=here.payout.campaign.project.organisation_id).update(state="suspended")


def other_organisation(here: Scene) -> None:
    found = Project.objects.filter(pk=here.payout.campaign.project_id)
    found.update(organisation=accounts.organisation(accounts.person()))


WAYS = {free: FREE, held: BARRED, suspended: BARRED, other_organisation: BARRED}


def outcome(verb: Callable[[Scene], None], here: Scene, way: Callable[[Scene], None]) -> str:
    found, before = "", here.payout.state
    with undone():
        way(here)
        here.payout = Payout.objects.select_related("campaign__project__organisation").get(pk=here.payout.pk)
        try:
            with transaction.atomic():
                verb(here)
        except (Conflict, Forbidden, IllegalTransition):
            found = NO
        now = Payout.objects.get(pk=here.payout.pk)
        found = found or (S if now.state == before else now.state)
        # Set apart while it waits, gone once it is sent, the campaign's in every other state.
        lies = matching.balances(now.campaign)
        apart = 30_00 if now.state == P.REQUESTED else 0
        away = 30_00 if now.state in (P.SENT, P.SETTLED) else 0
        assert lies.get("released", 0) in (apart, apart + away)
        assert lies.get("committed", 0) == 100_00 - apart - away
    here.payout = Payout.objects.select_related("campaign__project__organisation").get(pk=here.payout.pk)
    return found


@pytest.mark.parametrize("state", FREE)
def test_each_verb_in_each_state_of_a_payout(state: str, at: datetime) -> None:
    here = payout_in(state, at)
    for way, table in WAYS.items():
        found = {verb.__name__: outcome(verb, here, way) for verb in VERBS}
        assert found == dict(zip((verb.__name__ for verb in VERBS), table[P(state)], strict=True)), (
            way.__name__
        )


def test_every_state_has_its_row() -> None:
    # Approved is passed through: with the last yes it is sent.
    assert set(FREE) == set(PayoutState) - {P.APPROVED}
