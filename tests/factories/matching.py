"""Match funds with money, gifts that count, campaigns that succeeded, as the tests need them; through the verbs."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from civic.accounts import groups
from civic.accounts.models import Organisation, Person
from civic.core import events
from civic.core.states import transition
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import postings
from marketplace.ledger import operations as ledger
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.operations import deposits, funds, matching
from marketplace.payments import accounts as payment_accounts
from marketplace.payouts.models import BankDetails, Payout
from marketplace.payouts.operations import bank_details, payouts
from projects.delivery.models import Milestone
from projects.delivery.states import MilestoneState
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, campaigns, delivery, payments

IBAN = "DE89370400440532013000"
_numbers = itertools.count(1)


def finance_officer() -> Person:
    """Somebody who keeps the books."""
    return accounts.staff(groups.FINANCE_OFFICERS)


def fund(
    at: datetime,
    *,
    holds: int = 1_000_00,
    rule: str = MatchFund.Rule.RATIO,
    opened: bool = True,
    **terms: Any,
) -> MatchFund:
    """An open fund with so many minor units in it; a ratio fund doubles gifts unless told otherwise."""
    number = next(_numbers)
    known: dict[str, Any] = {
        "title": f"Fund {number}",
        "summary": "Doubles what residents give.",
        "funder": terms.pop("funder", None) or accounts.organisation(kind=Organisation.Kind.DEPARTMENT),
        "currency": "EUR",
        "rule": rule,
        "freezes_at": at + timedelta(days=30),
        "ratio_bp": 10_000 if rule == MatchFund.Rule.RATIO else None,
    }
    officer = finance_officer()
    made = funds.create_fund(actor=officer, terms=funds.FundTerms(**(known | terms)), at=at)
    if holds:
        deposit(made, holds, at)
    if opened:
        funds.open_fund(actor=officer, fund=made, at=at)
    return made


def deposit(made: MatchFund, minor: int, at: datetime) -> None:
    """Money in the fund, entered and confirmed by two people."""
    entered = deposits.enter_deposit(
        actor=finance_officer(), fund=made, amount_minor=minor, note="Budget", at=at
    )
    deposits.confirm_deposit(actor=finance_officer(), deposit=entered, at=at)


def enrolled(made: MatchFund, at: datetime, campaign: Campaign | None = None, **fields: Any) -> Allocation:
    """An open campaign that takes part in the fund."""
    campaign = campaign or open_campaign(at, currency=made.currency, **fields)
    return funds.enrol(actor=finance_officer(), fund=made, campaign=campaign, at=at)


def open_campaign(at: datetime, **fields: Any) -> Campaign:
    """A campaign that takes pledges."""
    return campaigns.open_campaign(at=at, **fields)


def gift(campaign: Campaign, minor: int, at: datetime, person: Person | None = None, **fields: Any) -> Pledge:
    """A pledge that stands, of a new verified resident unless told otherwise, with its event."""
    made = campaigns.active_pledge(campaign, person or accounts.resident(), minor, at=at, **fields)
    events.record("pledge.activated", actor=made.person, subject=made, at=at, payload={"minor": minor})
    return made


def fall(pledge: Pledge, at: datetime) -> None:
    """The pledge is cancelled, and its match taken back as the verb does."""
    transition(pledge, "cancel", actor=None, at=at)
    matching.reverse_match(pledge, at)


def succeeded(
    at: datetime,
    minor: int = 100_00,
    *,
    project: Project | None = None,
    allocations: Any = (),
    shares: tuple[int, ...] = (3_000, 7_000),
    **fields: Any,
) -> Campaign:
    """A campaign that succeeded with so much money; its project is being delivered. It keeps what it raises."""
    project = project or organised_project(at)
    campaign = open_campaign(at, project=project, rule=Campaign.Rule.KEEP, **fields)
    for made in allocations:
        made(campaign)
    transition(campaign, "collect", actor=None, at=at)
    pay_in(campaign, minor, at)
    # As `settle` does it: the match is locked until the whole is written.
    with transaction.atomic():
        transition(campaign, "succeed", actor=None, at=at)
        postings.balance_held(campaign, at)
        matching.commit_match(campaign, at)
    if shares:
        delivery.milestones(project, *shares)
        Project.objects.filter(pk=project.pk).update(state=ProjectState.DELIVERING)
        project.refresh_from_db()
    return campaign


def pay_in(campaign: Campaign, minor: int, at: datetime) -> None:
    """Money on the campaign's account that came from nowhere in particular."""
    held = payment_accounts.held(campaign.book, campaign.account("held"), campaign.currency)
    there = payment_accounts.at_provider(campaign.book, "demo", campaign.currency)
    legs = ledger.move(campaign.money(minor), source=held, target=there)
    key = f"test:{next(_numbers)}"
    ledger.post(book=campaign.book, kind="test", key=key, legs=legs, at=at, public={})


def organised_project(at: datetime, **fields: Any) -> Project:
    """A project whose organisation has an account that may be used."""
    owner = fields.pop("author", None) or accounts.person()
    organisation = fields.pop("organisation", None) or accounts.organisation(owner)
    project = campaigns.funding_project(at=at, author=owner, organisation=organisation, **fields)
    details(organisation, owner, at - timedelta(days=8))
    return project


def details(organisation: Organisation, owner: Person, at: datetime, iban: str = IBAN) -> BankDetails:
    """The account of an organisation, entered at this moment."""
    return bank_details.enter_details(actor=owner, organisation=organisation, holder="Club", iban=iban, at=at)


def accepted(project: Project, count: int = 1) -> list[Milestone]:
    """The project's plan with its first `count` milestones accepted."""
    plan = list(project.milestones.order_by("number"))
    for milestone in plan[:count]:
        accept(milestone)
    return plan


def accept(milestone: Milestone) -> None:
    """The row as it stands after acceptance; no payout is planned by this alone."""
    Milestone.objects.filter(pk=milestone.pk).update(state=MilestoneState.ACCEPTED)
    milestone.refresh_from_db()


def planned(at: datetime, minor: int = 100_00, **fields: Any) -> Payout:
    """A payout for the first milestone of a campaign with so much money; its risk window is over by `at`."""
    before = at - timedelta(days=8)
    campaign = succeeded(before, minor, **fields)
    first = accepted(campaign.project)[0]
    return payouts.plan_payouts(first, before)[0]


def requested(at: datetime, minor: int = 100_00, **fields: Any) -> Payout:
    """A payout that waits for approval."""
    payout = planned(at, minor, **fields)
    payouts.request_payout(actor=finance_officer(), payout=payout, at=at)
    return payout


def sent(at: datetime, minor: int = 100_00, **fields: Any) -> Payout:
    """A payout that is on its way."""
    payout = requested(at, minor, **fields)
    while payout.state == "requested":
        payouts.approve_payout(actor=finance_officer(), payout=payout, at=at)
    return payout


def balances(made: MatchFund | Campaign) -> dict[str, int]:
    """What is on each account of a fund or campaign, by its last word."""
    prefix = made.account("")
    return {code.removeprefix(prefix): minor for code, minor in payments.balances().items() if prefix in code}


def figures(allocation: Allocation) -> tuple[str, int, int, int]:
    """State, guaranteed, set aside, estimated."""
    allocation.refresh_from_db()
    return (
        allocation.state,
        allocation.amount_minor,
        allocation.set_aside_minor,
        allocation.estimated_minor,
    )


def threshold_fund(at: datetime, **terms: int) -> MatchFund:
    """50 euros once two people give."""
    known = {"threshold_backers": 2, "threshold_minor": 50_00} | terms
    return fund(at, rule=MatchFund.Rule.THRESHOLD, holds=60_00, **known)
