"""Pages and desk of payouts, bank accounts, holds and the money trail. What they show, and what they cost."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.payouts.models import Payout
from marketplace.payouts.operations import payouts
from tests.factories import accounts
from tests.factories import matching as made
from tests.factories.campaigns import funding_project
from tests.matching.test_pages import act, labelled, signed_in, statements
from tests.visiting import with_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def test_owners_name_the_account_and_see_it_wait(at: datetime) -> None:
    owner = accounts.person()
    organisation = accounts.organisation(owner)
    path = f"/organisations/{organisation.slug}/bank/"
    client = signed_in(owner)
    assert "You have named no account yet" in client.get(path).content.decode()
    client.post("/accounts/reauthenticate/", {"password": accounts.PASSWORD})
    wrong = client.post(path, {"holder": "Club", "iban": "DE00"})
    assert wrong.status_code == 422
    assert "This is not an IBAN" in wrong.content.decode()
    assert 'value="Club"' in wrong.content.decode()
    assert client.post(path, {"holder": "Club", "iban": "DE89 3704 0044 0532 0130 00"}).status_code == 302
    page = client.get(path).content.decode()
    assert "is used from" in page
    assert made.IBAN not in page
    assert signed_in(accounts.person()).get(path).status_code == 403


def test_owners_are_told_that_an_account_is_missing(at: datetime) -> None:
    owner = accounts.person()
    client = signed_in(owner)
    before = statements(client, "/me/")
    project = funding_project(author=owner, organisation=accounts.organisation(owner, name="The Club"), at=at)
    campaign = made.succeeded(at, project=project)
    payouts.plan_payouts(made.accepted(project)[0], at)
    assert "The Club is to be paid: name its bank account." in client.get("/me/").content.decode()
    assert statements(client, "/me/") == before
    made.details(project.organisation, owner, at)
    assert "is to be paid" not in client.get("/me/").content.decode()
    assert "is to be paid" not in signed_in(accounts.person()).get("/me/").content.decode()
    assert campaign.payouts.get().state == "planned"


def test_the_money_trail_says_what_a_payout_waits_for(at: datetime) -> None:
    payout = made.planned(at)
    address = payout.campaign.project.get_absolute_url()
    assert "May leave from" in Client().get(address).content.decode()
    payouts.request_payout(actor=made.finance_officer(), payout=payout, at=at)
    assert "Waits for people of the city" in Client().get(address).content.decode()
    payouts.approve_payout(actor=made.finance_officer(), payout=payout, at=at)
    assert "It is on its way." in Client().get(address).content.decode()


def test_the_money_trail_takes_no_statement(at: datetime) -> None:
    bare = made.succeeded(at)
    payout = made.planned(at)
    client = Client()
    counts = [statements(client, one.project.get_absolute_url()) for one in (bare, payout.campaign)]
    assert counts[0] == counts[1] <= 8


def test_a_payout_goes_through_the_queue(at: datetime) -> None:
    payout = made.planned(at)
    one, other = (with_password(Client(), made.finance_officer()) for _ in range(2))
    queue = reverse("admin:payouts_payout_changelist")
    assert "your request" in one.get(queue).content.decode()
    act(one, "payout", "request_payout", payout)
    assert "1 more to approve" in other.get(queue).content.decode()
    assert "Somebody else has to approve" in act(one, "payout", "approve_payout", payout).content.decode()
    act(other, "payout", "send_back", payout, reason="Look again.")
    assert Payout.objects.get().state == "planned"
    act(one, "payout", "request_payout", payout)
    act(other, "payout", "approve_payout", payout)
    assert Payout.objects.get().state == "sent"


def test_desks_are_read_only_for_auditors_and_take_as_many_statements_for_more_rows(at: datetime) -> None:
    auditor, officer = signed_in(accounts.staff("auditors")), signed_in(made.finance_officer())
    counts = []
    for more in (1, 3):
        for _ in range(more):
            made.planned(at)
            made.enrolled(made.fund(at), at)
        models = (
            "payout",
            "matchfund",
            "deposit",
            "allocation",
            "bankdetails",
            "hold",
            "challenge",
            "exclusion",
        )
        counts.append(
            [statements(officer, reverse(f"admin:{labelled(model)}_changelist")) for model in models]
        )
    assert counts[0] == counts[1]
    payout = Payout.objects.first()
    page = auditor.get(reverse("admin:payouts_payout_changelist"))
    assert page.status_code == 200
    assert 'name="action"' not in page.content.decode()
    assert auditor.get(reverse("admin:matching_deposit_add")).status_code == 403
    assert payout is not None
    act(auditor, "payout", "request_payout", payout)
    payout.refresh_from_db()
    assert payout.state == "planned"
