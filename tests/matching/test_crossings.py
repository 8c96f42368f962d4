"""What each verb does to a match in each state of the fund and of the campaign: the cells are the specification.

A cell of the first table is `DONE`, or the error that refuses; of the second what is guaranteed afterwards, of the 50
(ratio, quadratic) or 30 (threshold) that two gifts of 25 brought. After each verb the books say what the rows say, and
what a quadratic fund has published recomputes to what it gives.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, IllegalTransition, Refused
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import closing as campaign_closing
from marketplace.campaigns.operations import pledges
from marketplace.campaigns.states import CampaignState
from marketplace.matching import quadratic
from marketplace.matching.models import Allocation, Challenge, Deposit, MatchFund
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
from marketplace.payments import operations as payment_operations
from marketplace.payments.models import Charge
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from projects.proposals import operations as project_operations
from tests.factories import accounts, payments
from tests.factories import matching as made
from tests.matching.test_quadratic import raised

pytestmark = pytest.mark.django_db

Rule = MatchFund.Rule
DAYS = timedelta(days=1)
DONE, ILLEGAL, REFUSED = "done", IllegalTransition, Conflict


class Undo(Exception):
    """Takes back what a cell has done."""


@dataclass
class Scene:
    """A fund with a campaign of two gifts, at a moment of its states, and who acts."""

    fund: MatchFund
    at: datetime
    officer: Person
    allocation: Allocation | None = None
    entered: Deposit | None = None
    objection: Challenge | None = None
    charges: list[Charge] = field(default_factory=list)

    @property
    def campaign(self) -> Campaign:
        assert self.allocation
        return Campaign.objects.get(pk=self.allocation.campaign_id)

    @property
    def gifts(self) -> list[Pledge]:
        return list(Pledge.objects.filter(campaign=self.campaign).order_by("pk"))


# ------------------------------------------------------------------ the fund
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
    with suppress(Undo), transaction.atomic():
        try:
            with transaction.atomic():
                verb(here)
        except Refused as refusal:
            found = type(refusal)
        settle_books(here)
        raise Undo
    here.fund.refresh_from_db()
    return found


def settle_books(here: Scene) -> None:
    """Everybody hears; then books, rows and the published input say the same."""
    for _ in range(3):
        events.deliver_pending(at=here.at + 30 * DAYS)
    fund = MatchFund.objects.get(pk=here.fund.pk)
    there, owed = made.balances(fund), list(fund.allocations.all())
    for part in ("reserved", "committed"):
        assert there.get(part, 0) == sum(one.set_aside_minor for one in owed if one.state == part), part
    document = fund.published_input
    if document and fund.state in (SETTLED, CLOSED):
        assert quadratic.digest(document) == fund.input_digest
        shares = quadratic.recompute(document)
        for one in owed:
            assert one.state == "released" or one.amount_minor == shares[str(one.campaign_id)]
    payments.assert_whole()


@pytest.mark.parametrize("state", MatchFundState)
def test_each_verb_in_each_state_of_the_fund(at: datetime, state: MatchFundState) -> None:
    here, place = fund_in(state, at), list(MatchFundState).index(state)
    found = {verb.__name__: outcome(verb, here) for verb in FUND_TABLE}
    assert found == {verb.__name__: cells[place] for verb, cells in FUND_TABLE.items()}


# ------------------------------------------------------------------ the campaign
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
    with suppress(Undo), transaction.atomic():
        with suppress(Refused), transaction.atomic():
            verb(here)
        settle_books(here)
        assert here.allocation
        found = Allocation.objects.get(pk=here.allocation.pk).amount_minor
        raise Undo
    for charge in here.charges:
        charge.refresh_from_db()
    return found


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("state", [one for one in CampaignState if one != CampaignState.DRAFT])
def test_each_verb_in_each_state_of_the_campaign(at: datetime, state: CampaignState, rule: Rule) -> None:
    here, place = campaign_in(state, rule, at), RULES.index(rule)
    found = {verb.__name__: guaranteed(verb, here) / 100 for verb in CAMPAIGN_TABLE}
    assert found == {verb.__name__: cells[state][place] for verb, cells in CAMPAIGN_TABLE.items()}
