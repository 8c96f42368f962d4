"""A row's page and its links: what staff did with it, and nothing that leads to a refusal."""

import re

import pytest
from django.test import Client

from civic.accounts.models import Person
from civic.accounts.operations.people import close_account
from civic.core import clock
from projects.proposals.states import ProjectState
from tests.factories import accounts, payments, proposals

pytestmark = pytest.mark.django_db


def desk(*groups: str) -> Client:
    client = Client()
    client.force_login(accounts.staff(*groups))
    return client


def test_the_history_of_a_row_is_what_staff_did_with_it_and_why() -> None:
    person, moderator = accounts.person(), accounts.staff("moderators", name="Judith Moderator")
    close_account(actor=moderator, person=person, reason="Sells <b>watches</b>", at=clock.now())
    page = desk("moderators").get(f"/admin/accounts/person/{person.pk}/history/").content.decode()
    assert "person.closed" in page
    assert "Judith Moderator" in page
    assert "Sells &lt;b&gt;watches" in page
    other = desk("moderators").get(f"/admin/accounts/person/{accounts.person().pk}/history/").content.decode()
    assert "person.closed" not in other
    assert "have done nothing" in other


def test_what_residents_did_is_not_in_the_history() -> None:
    project = proposals.project(state=ProjectState.OPEN)
    from civic.core import events

    events.record("project.edited", actor=project.author, subject=project, at=clock.now())
    page = desk("programme-managers").get(f"/admin/proposals/project/{project.pk}/history/").content.decode()
    assert "project.edited" not in page


def test_a_row_that_is_pointed_to_is_a_link_only_for_who_may_open_it() -> None:
    area = accounts.area(name="Harbour")
    person: Person = accounts.person(area=area)
    address = f"/admin/accounts/area/{area.pk}/change/"
    own = f"/admin/accounts/person/{person.pk}/change/"
    page = desk("moderators").get(own).content.decode()
    assert "Harbour" in page
    assert address not in page
    assert address in desk("auditors").get(own).content.decode()


def test_the_page_of_a_proposal_is_a_link_only_for_who_may_see_it() -> None:
    waiting = proposals.project(state=ProjectState.SUBMITTED)
    shown = proposals.project(state=ProjectState.OPEN)
    for group, seen in (("moderators", False), ("programme-managers", True)):
        page = desk(group).get("/admin/proposals/project/").content.decode()
        assert (f'href="{waiting.get_absolute_url()}"' in page) is seen
        assert f'href="{shown.get_absolute_url()}"' in page


@pytest.mark.parametrize(
    ("model", "link"),
    [("payments/statement", "read/"), ("payments/bankorder", "make/"), ("voting/paperballot", "enter/")],
)
def test_auditors_are_shown_no_way_to_what_they_may_not_do(model: str, link: str) -> None:
    payments.paid()
    page = desk("auditors").get(f"/admin/{model}/?show=all").content.decode()
    assert not re.search(rf'href="/admin/{model}/{link}', page)


@pytest.mark.parametrize(
    ("model", "link"), [("payments/statement", "read/"), ("payments/bankorder", "make/")]
)
def test_who_keeps_the_books_is_shown_the_way(model: str, link: str) -> None:
    assert f'href="/admin/{model}/{link}' in desk("finance-officers").get(f"/admin/{model}/").content.decode()
