"""The pages of campaigns: what there is, who writes one, and where the money went."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from civic.core import clock
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import CampaignState
from tests.factories import accounts, payments
from tests.factories.campaigns import (
    active_pledge,
    draft_campaign,
    end,
    funding_project,
    open_campaign,
    promise,
    work,
)
from tests.visiting import statements, text_of, visitor

pytestmark = pytest.mark.django_db


def test_backers_come_in_pages_and_each_stands_once() -> None:
    campaign = open_campaign()
    names = {f"Backer {number:02}" for number in range(30)}
    for name in sorted(names):
        active_pledge(campaign, accounts.person(name=name), 5_00)
    first = text_of(visitor(), campaign.get_absolute_url())
    following = re.search(r'href="(\?after=[^"#]+)#backers"', first)
    assert following
    second = text_of(visitor(), campaign.get_absolute_url() + following[1])
    shown = [re.findall(r"Backer \d\d", text) for text in (first, second)]
    assert [len(set(page)) for page in shown] == [24, 6]
    assert set(shown[0]) | set(shown[1]) == names


def test_pledged_and_collected_stand_apart() -> None:
    campaign = open_campaign(rule="keep")
    promise(campaign, 20_00, at=clock.now())
    work(clock.now())
    active_pledge(campaign, cents=30_00)
    recount(campaign, clock.now())
    page = text_of(visitor(), campaign.get_absolute_url())
    assert 'Pledged, not paid yet</dt><dd class="figure">€30' in page
    assert 'Collected</dt><dd class="figure">€20' in page


def test_the_list_and_a_closed_campaign_say_what_there_is() -> None:
    assert "No campaign is running" in text_of(visitor(), "/campaigns/")
    campaign = open_campaign()
    assert campaign.project.title in text_of(visitor(), "/campaigns/")
    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.MISSED)
    assert campaign.project.title not in text_of(visitor(), "/campaigns/")
    assert campaign.project.title in text_of(visitor(), "/campaigns/?state=missed")
    assert "This campaign ended on" in text_of(visitor(), f"/campaigns/{campaign.pk}/pledge/")
    assert "This campaign ended on" in text_of(visitor(), campaign.get_absolute_url())


def terms(**typed: str) -> dict[str, str]:
    day = timezone.localdate(clock.now() + timedelta(days=5))
    return {
        "goal": "5,000",
        "rule": "all_or_nothing",
        "ends_on": day.isoformat(),
        "use": "A bench and a tree.",
        "pledge_min": "5",
        "pledge_max": "",
        "cap": "",
        "sponsor_share": "40",
        "stretch-TOTAL_FORMS": "3",
        "stretch-INITIAL_FORMS": "0",
        "stretch-0-amount": "7500",
        "stretch-0-use": "A second tree",
    } | typed


def test_the_team_writes_a_campaign_and_others_do_not() -> None:
    project = funding_project()
    page = f"/projects/{project.slug}/campaign/"
    assert visitor(accounts.person()).get(page).status_code == 403
    team = visitor(project.author)
    for typed, said in (
        ({"goal": "x"}, "Write an amount"),
        ({"cap": "100"}, "less than the goal"),
        ({"stretch-0-amount": "100"}, "above the goal"),
        ({"stretch-0-use": ""}, "Say what more is done"),
        ({"ends_on": "2020-01-01"}, "in the future"),
    ):
        wrong = team.post(page, terms(**typed))
        assert wrong.status_code == 422
        assert said in wrong.content.decode()
    saved = team.post(page, terms())
    campaign = Campaign.objects.get()
    assert saved.headers["Location"] == campaign.get_absolute_url()
    assert (campaign.goal_minor, campaign.sponsor_share_max_bp, campaign.cap_minor) == (5000_00, 4000, None)
    assert campaign.stretch_goals.get().amount_minor == 7500_00
    assert 'value="5000.00"' in text_of(team, page)
    team.post(page, terms(goal="6000"))
    campaign.refresh_from_db()
    assert campaign.goal_minor == 6000_00
    assert visitor().get(campaign.get_absolute_url()).status_code == 404
    assert text_of(team, campaign.get_absolute_url())


def test_the_money_trail_shows_every_movement() -> None:
    campaign = open_campaign()
    page = f"/projects/{campaign.project.slug}/money/"
    assert "No money has moved yet" in text_of(visitor(), page)
    promise(campaign, 100_00, at=clock.now())
    end(campaign)
    shown = text_of(visitor(), page)
    assert "€100" in shown
    assert campaign.account("committed").split("/")[1] in shown
    assert payments.balances()[campaign.account("committed")] == 100_00


def test_pages_ask_as_often_for_many_as_for_few() -> None:
    campaign, person = open_campaign(goal_minor=10_000_00), accounts.person()
    active_pledge(campaign, person)
    pages = [
        campaign.project.get_absolute_url(),
        campaign.get_absolute_url(),
        "/campaigns/",
        f"/campaigns/{campaign.pk}/pledge/",
        f"/projects/{campaign.project.slug}/money/",
    ]
    own = [*pages, "/me/", "/me/pledges/"]
    few = [statements(visitor(), page) for page in pages]
    few_own = [statements(visitor(person), page) for page in own]
    for number in range(12):
        active_pledge(campaign, accounts.person() if number % 2 else person)
        active_pledge(open_campaign(), person)
    many = [statements(visitor(), page) for page in pages]
    many_own = [statements(visitor(person), page) for page in own]
    assert (few, few_own) == (many, many_own)
    print(f"\nstatements: anonymous {dict(zip(pages, many, strict=True))}")
    print(f"signed in {dict(zip(own, many_own, strict=True))}")
    assert max(many) <= 8
    assert max(many_own) <= 14


def test_a_draft_is_the_teams_alone() -> None:
    draft = draft_campaign()
    for person, status in ((None, 404), (accounts.person(), 404), (draft.project.author, 200)):
        assert visitor(person).get(draft.get_absolute_url()).status_code == status
        assert visitor(person).get(f"/campaigns/{draft.pk}/pledge/").status_code == status
