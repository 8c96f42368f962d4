"""Writing, opening and cancelling campaigns, and what the clock does with them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from civic.accounts import groups
from civic.accounts.states import OrganisationState
from civic.core import events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.core.money import Money
from civic.notifications.models import Notification
from marketplace.campaigns import tasks
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations import campaigns, closing, pledges, totals
from marketplace.campaigns.operations.campaigns import Terms
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.payments.models import Charge, Refund
from projects.proposals.models import Project
from projects.proposals.operations import recipient
from projects.proposals.states import ProjectState
from tests.factories import accounts, calls, payments, proposals
from tests.factories.campaigns import (
    draft_campaign,
    end,
    funding_project,
    keep_going,
    open_campaign,
    pledge_by,
    promise,
    work,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def euro(cents: int) -> Money:
    return Money(cents, "EUR")


def terms(at: datetime) -> Terms:
    return Terms(
        goal=euro(100_00),
        rule=Campaign.Rule.ALL_OR_NOTHING,
        ends_at=at + timedelta(days=5),
        use="A bench.",
        pledge_min=euro(5_00),
        stretch=[(euro(200_00), "A tree.")],
    )


def test_the_team_drafts_and_edits_and_the_city_opens(at: datetime) -> None:
    project = funding_project(at=at, organisation=accounts.organisation())
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    for stranger in (accounts.person(), manager):
        with pytest.raises(Forbidden):
            campaigns.draft_campaign(actor=stranger, project=project, terms=terms(at), at=at)
    draft = campaigns.draft_campaign(actor=project.author, project=project, terms=terms(at), at=at)
    with pytest.raises(Conflict):
        campaigns.draft_campaign(actor=project.author, project=project, terms=terms(at), at=at)
    campaigns.edit_campaign(
        actor=project.author, campaign=draft, terms=replace(terms(at), goal=euro(150_00)), at=at
    )
    for stranger in (project.author, accounts.staff(groups.FINANCE_OFFICERS)):
        with pytest.raises(Forbidden):
            campaigns.open_campaign(actor=stranger, campaign=draft, at=at)
    opened = campaigns.open_campaign(actor=manager, campaign=draft, at=at)
    assert (opened.state, opened.goal_minor, opened.opened_at) == (CampaignState.OPEN, 150_00, at)
    with pytest.raises(Conflict):
        campaigns.edit_campaign(actor=project.author, campaign=draft, terms=terms(at), at=at)
    with pytest.raises(IllegalTransition):
        campaigns.open_campaign(actor=manager, campaign=draft, at=at)


def test_nobody_opens_a_campaign_of_their_own_project(at: datetime) -> None:
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    draft = draft_campaign(funding_project(at=at, author=manager), at=at)
    with pytest.raises(Forbidden):
        campaigns.open_campaign(actor=manager, campaign=draft, at=at)


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("goal", euro(0), "goal"),
        ("goal", Money(100, "JPY"), "goal"),
        ("pledge_min", euro(0), "pledge_min"),
        ("pledge_min", euro(100_01), "pledge_min"),
        ("pledge_max", euro(4_99), "pledge_max"),
        ("cap", euro(99_99), "cap"),
        ("use", "  ", "use"),
        ("use", "x" * 4001, "use"),
        ("rule", "perhaps", "rule"),
        ("sponsor_share_max_bp", 10_001, "sponsor_share_max_bp"),
        ("stretch", [(euro(100_00), "A tree.")], "stretch"),
        ("stretch", [(euro(200_00), " ")], "stretch"),
        ("stretch", [(euro(200_00), "A"), (euro(200_00), "B")], "stretch"),
    ],
)
def test_terms_that_make_no_sense_are_refused(at: datetime, field: str, value: object, where: str) -> None:
    project = funding_project(at=at)
    wrong = replace(terms(at), **{field: value})  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refused:
        campaigns.draft_campaign(actor=project.author, project=project, terms=wrong, at=at)
    assert where in refused.value.fields


def test_it_opens_in_the_funding_phase_of_project_and_call_only(at: datetime) -> None:
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    early = draft_campaign(proposals.project(calls.call("funding", at=at)), at=at)
    wrong_phase = draft_campaign(
        proposals.project(calls.call("delivery", at=at), state=ProjectState.FUNDING), at=at
    )
    paid = accounts.organisation()
    too_long = draft_campaign(
        funding_project(at=at, organisation=paid), at=at, ends_at=at + timedelta(days=11)
    )
    past = draft_campaign(funding_project(at=at, organisation=paid), at=at, ends_at=at)
    Project.objects.update(organisation=paid)
    for draft in (early, wrong_phase, too_long, past):
        with pytest.raises(Conflict, match=r"project|phase"):
            campaigns.open_campaign(actor=manager, campaign=draft, at=at)


def test_who_cannot_be_paid_raises_nothing_m23(at: datetime, settings: Any) -> None:
    manager, owner = accounts.staff(groups.PROGRAMME_MANAGERS), accounts.person()
    nobody = draft_campaign(funding_project(at=at), at=at)
    suspended = accounts.organisation(owner, state=OrganisationState.SUSPENDED)
    alone = accounts.organisation(owner)
    alone.memberships.all().delete()
    settings.PAYOUT_PROVIDER = "bank"
    dollars = calls.call("funding", at=at, currency="USD")
    for draft in (
        nobody,
        draft_campaign(funding_project(at=at, organisation=suspended), at=at),
        draft_campaign(funding_project(at=at, organisation=alone), at=at),
        draft_campaign(funding_project(at=at, call=dollars, organisation=accounts.organisation()), at=at),
    ):
        with pytest.raises(Conflict, match=r"paid|pay out"):
            campaigns.open_campaign(actor=manager, campaign=draft, at=at)
    mine = accounts.organisation(nobody.project.author)
    recipient.name_organisation(
        actor=manager, project=nobody.project, organisation=mine, reason="Agreed with the team.", at=at
    )
    campaigns.open_campaign(actor=manager, campaign=nobody, at=at)


def test_money_that_could_not_go_back_is_not_taken_m23(at: datetime, settings: Any) -> None:
    settings.BANK_ACCOUNT, settings.BANK_BOOK = "DE02 1203 0000 0000 2020 51", "demo"
    campaign = open_campaign(at=at, currency="USD")
    with pytest.raises(Invalid) as refused:
        pledge_by(accounts.person(), campaign, 20_00, at=at, provider="bank")
    assert "provider" in refused.value.fields


def test_a_cancelled_campaign_gives_everybody_their_money_back_with_the_reason(at: datetime) -> None:
    campaign, person = open_campaign(at=at, rule=Campaign.Rule.KEEP), accounts.person()
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    started = pledge_by(person, campaign, 20_00, at=at)
    pledge_by(accounts.person(), campaign, 30_00, at=at)
    work(at)
    payments.decide(started.payment, "paid")  # type: ignore[arg-type]
    work(at)
    with pytest.raises(Invalid):
        closing.cancel_campaign(actor=manager, campaign=campaign, reason=" ", at=at)
    with pytest.raises(Forbidden):
        closing.cancel_campaign(actor=campaign.project.author, campaign=campaign, reason="x", at=at)  # type: ignore[arg-type]
    closing.cancel_campaign(actor=manager, campaign=campaign, reason="The ground is not free.", at=at)
    keep_going(at)
    assert set(campaign.pledges.values_list("state", flat=True)) == {PledgeState.CAMPAIGN_FAILED}
    assert (Refund.objects.get().state, payments.balances()) == ("done", {})
    told = Notification.objects.filter(person=person, kind="pledge.campaign_failed").get()
    assert told.detail == "The ground is not free."
    with pytest.raises(IllegalTransition):
        closing.cancel_campaign(actor=manager, campaign=campaign, reason="again", at=at)


def test_the_team_may_throw_its_draft_away(at: datetime) -> None:
    draft = draft_campaign(at=at)
    closing.cancel_campaign(actor=draft.project.author, campaign=draft, reason="Not now.", at=at)  # type: ignore[arg-type]
    draft_campaign(draft.project, at=at)


def test_the_clocks_tasks_take_a_campaign_from_its_end_to_its_success(at: datetime, clock_at: object) -> None:
    campaign = open_campaign(at=at)
    promise(campaign, 100_00, at=at)
    assert tasks.close_due() == 0
    clock_at.move_to(campaign.ends_at)  # type: ignore[attr-defined]
    assert tasks.close_due() == 1
    assert tasks.close_due() == 0
    assert tasks.collect_due() == 1
    tasks.settle_due()
    assert Charge.objects.count() == 1
    work(campaign.ends_at)
    tasks.settle_due()
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.SUCCEEDED
    assert Project.objects.get(pk=campaign.project_id).state == ProjectState.FUNDED
    assert tasks.give_back_due() == tasks.remind_due() == tasks.recount() == 0


def test_news_on_its_way_is_no_wrong_total(at: datetime, caplog: pytest.LogCaptureFixture) -> None:
    campaign = open_campaign(at=at)
    made = promise(campaign, 60_00, at=at)
    assert made.person
    pledges.cancel_pledge(actor=made.person, pledge=made, at=at)
    assert totals.recount_all(at=at) == []
    assert "total of campaign" not in caplog.text


def test_a_wrong_total_is_found_and_reported(at: datetime, caplog: pytest.LogCaptureFixture) -> None:
    campaign = open_campaign(at=at)
    promise(campaign, 60_00, at=at)
    campaign.total.pledged_minor = 99_00
    campaign.total.save()
    assert totals.recount_all(at=at) == [campaign]
    assert "total of campaign" in caplog.text
    assert totals.recount_all(at=at) == []
    campaign.total.refresh_from_db()
    assert campaign.total.pledged_minor == 60_00


def test_people_hear_of_their_pledges(at: datetime) -> None:
    campaign, person = open_campaign(at=at), accounts.person()
    promise(campaign, 60_00, at=at, person=person)
    promise(campaign, 40_00, at=at, behaviour="declines")
    closed = end(campaign)
    keep_going(closed + timedelta(days=7))
    kinds = Notification.objects.filter(person=person).order_by("notified_at").values_list("kind", flat=True)
    assert list(kinds) == [
        "pledge.activated",
        "pledge.succeeded",
        "pledge.campaign_failed",
        "pledge.refunded",
    ]


def test_the_outcome_says_what_it_was_decided_on(at: datetime) -> None:
    campaign = open_campaign(at=at)
    promise(campaign, 60_00, at=at)
    end(campaign)
    said = events.about(campaign).get(kind="campaign.missed").payload
    assert (said["goal_minor"], said["pledged_minor"], said["collected_minor"]) == (100_00, 60_00, 0)


def test_what_is_open_is_not_opened_again(at: datetime) -> None:
    campaign = open_campaign(at=at)
    opened_at = Campaign.objects.get(pk=campaign.pk).opened_at
    manager = accounts.staff("programme-managers")
    with pytest.raises(IllegalTransition):
        campaigns.open_campaign(actor=manager, campaign=campaign, at=at + timedelta(hours=1), reason="again")
    assert Campaign.objects.get(pk=campaign.pk).opened_at == opened_at
