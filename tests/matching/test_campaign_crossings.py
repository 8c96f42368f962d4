"""What each verb makes of a match in each state of the campaign: the cells are the specification.

A cell is what is guaranteed afterwards, of the 50 (ratio, quadratic) or 30 (threshold) that two gifts of 25 brought.
After each verb the books say what the rows say, and what a quadratic fund has published recomputes to what it gives.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import pytest
from django.db import transaction

from civic.core import events
from civic.core.errors import Refused
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import closing as campaign_closing
from marketplace.campaigns.operations import pledges
from marketplace.campaigns.states import CampaignState
from marketplace.matching.models import Allocation
from marketplace.matching.operations import (
    closing,
    exclusions,
    matching,
    quadratic_allocation,
)
from marketplace.payments import operations as payment_operations
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from projects.proposals import operations as project_operations
from tests.factories import accounts, payments
from tests.factories import matching as made
from tests.matching.scenes import DAYS, Rule, Scene, settle_books
from tests.undoing import undone

pytestmark = pytest.mark.django_db


def campaign_in(state: CampaignState, rule: str, at: datetime) -> Scene:
    """A campaign in this state, which two paid gifts and a fund of this rule brought there."""
    terms = {"threshold_backers": 2, "threshold_minor": 30_00} if rule == Rule.THRESHOLD else {}
    fund = made.fund(at, rule=rule, **terms)
    here = Scene(fund, at + 45 * DAYS, made.finance_officer())
    missed = state == CampaignState.MISSED
    goal = {"goal_minor": 5_000_00} if missed else {"rule": Campaign.Rule.KEEP}
    here.allocation = made.enrolled(fund, at, ends_at=at + 60 * DAYS, **goal)
    for _ in range(2):
        pledge = made.gift(here.campaign, 25_00, at)
        account = here.campaign.account("held")
        here.charges.append(
            payments.paid(25_00, purpose=pledge.purpose, account=account, payer=pledge.person)
        )
        Pledge.objects.filter(pk=pledge.pk).update(state="collected", collected_at=at)
    matching.match_campaign(here.campaign, at)
    if rule == Rule.QUADRATIC:
        closing.end_due(fund.freezes_at)
        fund.refresh_from_db()
        quadratic_allocation.settle(actor=here.officer, fund=fund, at=fund.freezes_at + 14 * DAYS)
    if state == CampaignState.CANCELLED:
        cancel_campaign(here)
    elif state != CampaignState.OPEN:
        here.at = at + 61 * DAYS
        campaign_closing.close(campaign=here.campaign, at=here.at)
    if state == CampaignState.SUCCEEDED:
        campaign_closing.settle(campaign=here.campaign, at=here.at)
    for _ in range(3):
        events.deliver_pending(at=here.at)
    assert here.campaign.state == state
    return here


def nothing(here: Scene) -> None:
    """What the state alone brings."""


def cancel_pledge(here: Scene) -> None:
    pledge = here.gifts[0]
    assert pledge.person
    pledges.cancel_pledge(actor=pledge.person, pledge=pledge, at=here.at)


def dispute(here: Scene) -> None:
    advance_charge(here.charges[0], Outcome("dispute"), at=here.at)


def win(here: Scene) -> None:
    dispute(here)
    events.deliver_pending(at=here.at)
    advance_charge(here.charges[0], Outcome("win"), at=here.at)


def lose(here: Scene) -> None:
    dispute(here)
    events.deliver_pending(at=here.at)
    advance_charge(here.charges[0], Outcome("lose"), at=here.at)


def refund(here: Scene) -> None:
    payment_operations.refund_rest(actor=here.officer, charge=here.charges[0], reason="Twice", at=here.at)


def refund_part(here: Scene) -> None:
    part = payments.euro(16_00)
    payment_operations.refund_part(
        actor=here.officer, charge=here.charges[0], amount=part, token="x", reason="Less", at=here.at
    )


def exclude(here: Scene) -> None:
    person = here.gifts[0].person
    assert person
    exclusions.exclude(actor=here.officer, campaign=here.campaign, person=person, reason="x", at=here.at)


def pay_over(here: Scene) -> None:
    matching.pay_match(here.campaign, here.at)


def cancel_campaign(here: Scene) -> None:
    manager = accounts.staff("programme-managers")
    campaign_closing.cancel_campaign(actor=manager, campaign=here.campaign, reason="No land", at=here.at)


def cancel_project(here: Scene) -> None:
    manager = accounts.staff("programme-managers")
    project_operations.cancel(actor=manager, project=here.campaign.project, reason="No land", at=here.at)


RULES = (Rule.RATIO, Rule.THRESHOLD, Rule.QUADRATIC)


# Of each rule in the order above, by the states that a campaign can be in with gifts: none comes to a draft.
CAMPAIGN_TABLE: dict[Callable[[Scene], object], dict[CampaignState, tuple[int, int, int]]] = {
    verb: dict(zip([one for one in CampaignState if one != CampaignState.DRAFT], cells, strict=True))
    for verb, cells in {
        #                 open          collecting    succeeded     missed     cancelled
        nothing:         ((50, 30, 50), (50, 30, 50), (50, 30, 50), (0, 0, 0), (0, 0, 0)),
        cancel_pledge:   ((25, 0, 0),   (50, 30, 50), (50, 30, 50), (0, 0, 0), (0, 0, 0)),
        dispute:         ((50, 30, 0),  (50, 30, 0),  (50, 30, 50), (0, 0, 0), (0, 0, 0)),
        win:             ((50, 30, 50), (50, 30, 50), (50, 30, 50), (0, 0, 0), (0, 0, 0)),
        lose:            ((25, 0, 0),   (25, 0, 0),   (25, 0, 0),   (0, 0, 0), (0, 0, 0)),
        refund:          ((25, 0, 0),   (25, 0, 0),   (25, 0, 0),   (0, 0, 0), (0, 0, 0)),
        refund_part:     ((34, 30, 30), (34, 30, 30), (34, 30, 30), (0, 0, 0), (0, 0, 0)),
        exclude:         ((25, 0, 0),   (25, 0, 0),   (25, 30, 0),  (0, 0, 0), (0, 0, 0)),
        pay_over:        ((50, 30, 50), (50, 30, 50), (50, 30, 50), (0, 0, 0), (0, 0, 0)),
        cancel_campaign: ((0, 0, 0),    (0, 0, 0),    (50, 30, 50), (0, 0, 0), (0, 0, 0)),
        cancel_project:  ((0, 0, 0),    (0, 0, 0),    (0, 0, 0),    (0, 0, 0), (0, 0, 0)),
    }.items()
}  # fmt: skip


def guaranteed(verb: Callable[[Scene], object], here: Scene) -> int:
    """What is guaranteed after the verb, done or refused; taken back afterwards."""
    found = -1
    with undone():
        with suppress(Refused), transaction.atomic():
            verb(here)
        settle_books(here)
        assert here.allocation
        found = Allocation.objects.get(pk=here.allocation.pk).amount_minor
    for charge in here.charges:
        charge.refresh_from_db()
    return found


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("state", [one for one in CampaignState if one != CampaignState.DRAFT])
def test_each_verb_in_each_state_of_the_campaign(at: datetime, state: CampaignState, rule: Rule) -> None:
    here, place = campaign_in(state, rule, at), RULES.index(rule)
    found = {verb.__name__: guaranteed(verb, here) / 100 for verb in CAMPAIGN_TABLE}
    assert found == {verb.__name__: cells[state][place] for verb, cells in CAMPAIGN_TABLE.items()}
