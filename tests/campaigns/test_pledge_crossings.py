"""What the verbs of its person do with a pledge in each of its states, while the campaign is open and after its close.

The cells are the specification: the state afterwards, or `NO`: refused.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from civic.core.errors import Conflict
from civic.core.money import Money
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import pledges
from marketplace.campaigns.states import PledgeState
from tests.factories.campaigns import open_campaign, pledge
from tests.undoing import undone

pytestmark = pytest.mark.django_db

NO = "refused"
P = PledgeState


def change_to(made: Pledge, cents: int, at: datetime) -> None:
    assert made.person
    pledges.change_pledge(actor=made.person, pledge=made, amount=Money(cents, "EUR"), at=at)


def raise_it(made: Pledge, at: datetime) -> None:
    change_to(made, 30_00, at)


def lower_it(made: Pledge, at: datetime) -> None:
    change_to(made, 20_00, at)


def cancel(made: Pledge, at: datetime) -> None:
    assert made.person
    pledges.cancel_pledge(actor=made.person, pledge=made, at=at)


def stop(made: Pledge, at: datetime) -> None:
    assert made.person
    pledges.stop_monthly(actor=made.person, pledge=made, at=at)


VERBS: list[Callable[[Pledge, datetime], None]] = [raise_it, lower_it, cancel, stop]
# Of a monthly pledge in an open campaign: raise, lower, cancel, stop.
OPEN = {
    P.STARTED: (NO, NO, P.CANCELLED, NO),
    P.AWAITING_METHOD: (NO, NO, P.CANCELLED, NO),
    P.ACTIVE: (P.ACTIVE, P.ACTIVE, P.CANCELLED, NO),
    P.COLLECTING: (NO, NO, NO, NO),
    P.NEEDS_PAYER: (NO, NO, P.CANCELLED, NO),
    P.COLLECTED: (NO, NO, P.CANCELLED, NO),
    P.DROPPED: (NO, NO, NO, NO),
    P.CANCELLED: (NO, NO, NO, NO),
    P.CAMPAIGN_FAILED: (NO, NO, NO, NO),
    P.PAST_DUE: (NO, NO, NO, P.ENDED),
    P.ENDED: (NO, NO, NO, NO),
}
# After the close nothing is taken back; months that go on can be stopped.
CLOSED = {state: (NO, NO, NO, cells[3]) for state, cells in OPEN.items()}


def outcomes(made: Pledge, at: datetime) -> tuple[str, ...]:
    found = []
    for verb in VERBS:
        with undone():
            try:
                with transaction.atomic():
                    verb(Pledge.objects.select_related("campaign", "person").get(pk=made.pk), at)
                found.append(str(Pledge.objects.get(pk=made.pk).state))
            except Conflict:
                found.append(NO)
    return tuple(found)


@pytest.mark.parametrize("state", OPEN)
def test_each_verb_of_its_person_in_each_state_of_a_pledge(state: PledgeState, at: datetime) -> None:
    campaign = open_campaign(at=at, rule=Campaign.Rule.KEEP)
    made = pledge(campaign, state=state, at=at, frequency="monthly", months=6)
    assert outcomes(made, at) == OPEN[state]
    assert outcomes(made, campaign.ends_at + timedelta(seconds=1)) == CLOSED[state]


def test_every_state_has_its_row() -> None:
    assert list(OPEN) == list(PledgeState)
