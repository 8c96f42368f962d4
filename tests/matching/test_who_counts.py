"""Whose gifts a match fund matches, and which funds and campaigns can come together."""

from datetime import datetime, timedelta

import pytest

from civic.accounts.models import Membership
from civic.core.errors import Conflict, Forbidden, Invalid
from marketplace.matching.operations import exclusions, funds, matching
from tests.factories import accounts, proposals
from tests.factories import matching as made
from tests.factories.matching import figures

pytestmark = pytest.mark.django_db


def test_only_verified_residents_count(at: datetime) -> None:
    allocation = made.enrolled(made.fund(at), at)
    made.gift(allocation.campaign, 20_00, at, accounts.person())
    too_late = accounts.person()
    accounts.residency(too_late, verified_at=at + timedelta(days=1))
    made.gift(allocation.campaign, 20_00, at, too_late)
    run_out = accounts.person()
    accounts.residency(run_out, expires_at=at - timedelta(days=1))
    made.gift(allocation.campaign, 20_00, at, run_out)
    matching.match_campaign(allocation.campaign, at)
    assert figures(allocation)[1] == 0


def test_related_parties_do_not_count(at: datetime) -> None:
    fund = made.fund(at)
    owner = accounts.resident()
    club = accounts.organisation(owner)
    project = made.organised_project(at, organisation=club, author=owner)
    allocation = made.enrolled(fund, at, made.open_campaign(at, project=project))
    in_team, in_club, of_funder = (accounts.resident() for _ in range(3))
    proposals.member(project, in_team)
    accounts.membership(club, in_club)
    accounts.membership(fund.funder, of_funder, Membership.Role.MANAGER)
    for person in (in_team, in_club, of_funder, project.author):
        made.gift(allocation.campaign, 20_00, at, person)
    matching.match_campaign(allocation.campaign, at)
    assert figures(allocation)[1] == 0


def test_a_declared_related_party_loses_what_was_matched(at: datetime) -> None:
    allocation = made.enrolled(made.fund(at), at)
    pledge = made.gift(allocation.campaign, 20_00, at)
    matching.match_campaign(allocation.campaign, at)
    officer = made.finance_officer()
    for _ in range(2):
        exclusions.exclude(
            actor=officer, campaign=allocation.campaign, person=pledge.person, reason="Builds it.", at=at
        )
    assert figures(allocation)[1] == 0
    with pytest.raises(Forbidden):
        exclusions.exclude(
            actor=accounts.person(), campaign=allocation.campaign, person=pledge.person, reason="x", at=at
        )


def test_a_gift_below_the_least_does_not_count(at: datetime) -> None:
    allocation = made.enrolled(made.fund(at, gift_min_minor=10_00), at)
    made.gift(allocation.campaign, 9_99, at)
    matching.match_campaign(allocation.campaign, at)
    assert figures(allocation)[1] == 0


def test_terms_that_make_no_sense_are_refused(at: datetime) -> None:
    for terms in (
        {"ratio_bp": None},
        {"ratio_bp": 0},
        {"threshold_minor": 5},
        {"freezes_at": at},
        {"gift_cap_minor": -1},
    ):
        with pytest.raises(Invalid):
            made.fund(at, **terms)


def test_only_those_who_run_funds_set_them_up(at: datetime) -> None:
    fund = made.fund(at, opened=False)
    for person in (accounts.person(), accounts.staff("moderators"), accounts.staff("auditors")):
        with pytest.raises(Forbidden):
            funds.open_fund(actor=person, fund=fund, at=at)


def test_campaigns_of_another_currency_or_call_cannot_take_part(at: datetime) -> None:
    fund = made.fund(at, call=proposals.project().call)
    with pytest.raises(Invalid):
        made.enrolled(fund, at)
    with pytest.raises(Invalid):
        made.enrolled(made.fund(at, currency="USD"), at, made.open_campaign(at))


def test_a_campaign_takes_part_once(at: datetime) -> None:
    fund = made.fund(at)
    campaign = made.enrolled(fund, at).campaign
    with pytest.raises(Conflict):
        made.enrolled(fund, at, campaign)
