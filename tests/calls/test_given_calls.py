"""Staff who were given one call: the pages and the lists of the desk that they need to run it, and no other rows."""

import pytest
from django.test import Client
from guardian.shortcuts import assign_perm

from civic.accounts import groups
from civic.accounts.models import Person
from marketplace.campaigns.models import Campaign
from projects.calls.models import Call
from projects.contributions.models import Contribution
from projects.delivery.models import Milestone
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from projects.voting.models import Ballot, Poll
from tests.factories import accounts, campaigns, contributions, delivery, proposals

pytestmark = pytest.mark.django_db

LISTS = [Call, Project, Milestone, Campaign, Contribution, Poll, Ballot]


def given(call: Call) -> Person:
    """Staff in no group who run this call alone."""
    staff = accounts.staff()
    assign_perm("calls.manage_call", staff, call)
    return staff


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("model", LISTS)
def test_every_list_whose_actions_they_are_offered_opens(model: type) -> None:
    client = signed_in(given(proposals.project().call))
    opts = model._meta
    assert client.get(f"/admin/{opts.app_label}/{opts.model_name}/").status_code == 200
    assert signed_in(accounts.staff()).get(f"/admin/{opts.app_label}/{opts.model_name}/").status_code == 403


def test_lists_hold_the_rows_of_their_calls_alone() -> None:
    for make in (delivery.milestone, campaigns.draft_campaign, contributions.contribution):
        mine, other = make(), make()
        project = mine.want.project if isinstance(mine, Contribution) else mine.project
        client, opts = signed_in(given(project.call)), mine._meta
        page = client.get(f"/admin/{opts.app_label}/{opts.model_name}/").content.decode()
        assert str(mine.pk) in page, opts
        assert str(other.pk) not in page, opts
        missing = client.get(f"/admin/{opts.app_label}/{opts.model_name}/{other.pk}/change/")
        assert missing.status_code in (302, 404), opts


def test_the_page_of_a_proposal_that_waits_for_them_opens() -> None:
    mine, other = [proposals.project(state=ProjectState.SUBMITTED) for _ in range(2)]
    draft = proposals.project(mine.call, state=ProjectState.DRAFT)
    client = signed_in(given(mine.call))
    assert client.get(mine.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("group", [groups.MODERATORS, groups.DATA_STEWARDS])
def test_a_draft_of_a_campaign_is_nothing_of_other_staff(group: str) -> None:
    draft = campaigns.draft_campaign()
    assert signed_in(accounts.staff(group)).get(draft.get_absolute_url()).status_code == 404
    for reader in (
        given(draft.project.call),
        accounts.staff(groups.PROGRAMME_MANAGERS),
        draft.project.author,
    ):
        assert signed_in(reader).get(draft.get_absolute_url()).status_code == 200
