"""The sponsor's pages: from the packages through the review to the invoice; who sees what."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from civic.accounts import groups
from civic.accounts.models import Membership
from civic.core import clock
from marketplace.invoicing.operations import payment_requests
from marketplace.payments.models import Charge
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from marketplace.sponsorship.models import Package, Sponsorship
from marketplace.sponsorship.operations import invoices
from tests.factories import accounts, campaigns, sponsors

pytestmark = pytest.mark.django_db


def now_campaign(*packages: dict[str, Any], **fields: Any) -> Any:
    """A campaign that is open by the real clock, as pages see it."""
    return sponsors.campaign(*packages, at=clock.now(), **fields)


def filled(organisation: Any, **changes: Any) -> dict[str, Any]:
    """The form as a person fills it in."""
    return {
        "organisation": organisation.pk,
        "ties": "none",
        "conflict": "",
        "billing_name": "Harbour Works GmbH",
        "billing_street": "Quay 7",
        "billing_postcode": "26101",
        "billing_city": "Aldermere",
        "billing_country": "DE",
        "billing_email": "accounts@harbour.example",
        "vat_id": "DE987654328",
        "purchase_order": "PO-1",
        "token": str(uuid4()),
        **changes,
    }


def as_owner(client: Client, organisation: Any) -> Client:
    client.force_login(sponsors.owner_of(organisation))
    return client


def address(campaign: Any) -> str:
    return reverse("sponsorship:sponsor", args=[campaign.pk, campaign.packages.get().pk])


def test_the_pages_say_that_a_payment_is_disputed_and_taken_back(client: Client) -> None:
    at = clock.now()
    invoice = sponsors.invoiced(now_campaign(), at=at)
    as_owner(client, invoice.sponsorship.organisation)
    page, paper = invoice.sponsorship.get_absolute_url(), invoice.get_absolute_url()
    charge = payment_requests.ask_online(
        actor=sponsors.owner_of(invoice.organisation), invoice=invoice, provider="demo", at=at
    )
    said = {"succeed": "", "dispute": "Your payment is disputed", "lose": "Your payment was taken back"}
    noted = {"succeed": "", "dispute": "in dispute", "lose": "€400 taken back"}
    campaigns.work(at)
    for verb, words in said.items():
        advance_charge(charge, Outcome(verb, amount=sponsors.money(400_00)), at=at)
        campaigns.work(at)
        assertContains(client.get(page), words)
        assertContains(client.get(paper), noted[verb])
        for other in {*said.values()} - {words, ""}:
            assertNotContains(client.get(page), other)
    assertContains(client.get(page), "€400 are open")
    assertContains(client.get(page), "the one that is printed on the invoice no longer works")
    assertNotContains(client.get(page), "It was due on")


def test_a_business_sponsors_in_three_steps(client: Client) -> None:
    sponsors.issuer()
    campaign, sponsor = now_campaign({"title": "Gold", "places": 2}), sponsors.business()
    as_owner(client, sponsor)
    assertContains(
        client.get(reverse("sponsorship:sponsor-choose", args=[campaign.pk])), "2 of 2 places left"
    )
    said = filled(sponsor)
    review = client.post(address(campaign), {**said, "step": "review"})
    assertContains(review, "€1,190")
    assertContains(review, "We know of no ties.")
    assert not Sponsorship.objects.exists()
    change = client.post(address(campaign), {**said, "step": "change"})
    assertContains(change, "Harbour Works GmbH")
    for _ in range(2):
        sent = client.post(address(campaign), {**said, "step": "offer"})
    made = Sponsorship.objects.get()
    assertRedirects(sent, f"/sponsorships/{made.pk}/?thanks")
    assertContains(client.get(f"/sponsorships/{made.pk}/?thanks"), "Thank you for your offer")


def test_what_is_wrong_is_said_where_it_is_and_nothing_is_lost(client: Client) -> None:
    sponsors.issuer()
    campaign, sponsor = now_campaign(), sponsors.business()
    as_owner(client, sponsor)
    wrong = filled(sponsor, ties="some", vat_id="DE1", step="review")
    answer = client.post(address(campaign), wrong)
    assertContains(answer, "Say which ties there are.", status_code=422)
    assertContains(answer, "Quay 7", status_code=422)
    answer = client.post(address(campaign), wrong | {"conflict": "Our chair is a councillor."})
    assertContains(answer, "no VAT number of this country", status_code=422)
    assert not Sponsorship.objects.exists()


def test_nobody_offers_for_an_organisation_of_others(client: Client) -> None:
    sponsors.issuer()
    campaign, other = now_campaign(), sponsors.business()
    as_owner(client, sponsors.business())
    answer = client.post(address(campaign), filled(other, step="offer"))
    assert answer.status_code == 422
    assert not Sponsorship.objects.exists()


def test_who_has_no_organisation_is_told_what_to_do(client: Client) -> None:
    campaign = now_campaign()
    client.force_login(accounts.person())
    assertContains(client.get(address(campaign)), "Set up an organisation")


def test_a_package_that_is_gone_leads_back_to_the_others(client: Client) -> None:
    campaign = now_campaign({"places": 1})
    sponsors.offered(campaign, at=clock.now())
    as_owner(client, sponsors.business())
    assertRedirects(client.get(address(campaign)), reverse("sponsorship:sponsor-choose", args=[campaign.pk]))
    assertContains(
        client.get(reverse("sponsorship:sponsor-choose", args=[campaign.pk])), "All places are taken."
    )


def test_a_full_share_is_said_and_nothing_can_be_chosen(client: Client) -> None:
    campaign = now_campaign({"amount_minor": 5_000_00})
    sponsors.offered(campaign, at=clock.now())
    page = client.get(reverse("sponsorship:sponsor-choose", args=[campaign.pk]))
    assertContains(page, "as much as they may already")


def test_the_sponsor_accepts_pays_online_and_confirms(client: Client) -> None:
    made = sponsors.checked(now_campaign(rule="keep"), at=clock.now())
    as_owner(client, made.organisation)
    page = f"/sponsorships/{made.pk}/"
    assertContains(client.get(page), "Accept the terms")
    client.post(f"{page}step/", {"verb": "contract"})
    assertContains(client.get(page), "The invoice follows")
    invoice = invoices.issue(actor=sponsors.officer(), sponsorship=made, at=clock.now())
    sponsors.work(clock.now())
    shown = client.get(page)
    assertContains(shown, invoice.number)
    assertContains(shown, "XX42 ALDE")
    paying = client.post(f"{page}pay/", {"provider": "demo"})
    charge = Charge.objects.get(provider="demo")
    assertRedirects(paying, f"/pay/{charge.pk}/", fetch_redirect_response=False)
    sponsors.pay(invoice, at=clock.now())
    made.campaign.refresh_from_db()
    type(made.campaign).objects.filter(pk=made.campaign_id).update(state="succeeded")
    assertContains(client.get(page), "Did you get the benefits?")
    client.post(f"{page}step/", {"verb": "fulfil"})
    made.refresh_from_db()
    assert made.state == "fulfilled"
    assert client.post(f"{page}step/", {"verb": "credit"}).status_code == 422


def test_an_offer_can_be_taken_back_on_its_page(client: Client) -> None:
    made = sponsors.offered(now_campaign(), at=clock.now())
    as_owner(client, made.organisation)
    client.post(f"/sponsorships/{made.pk}/step/", {"verb": "withdraw"})
    made.refresh_from_db()
    assert made.state == "lapsed"


def test_the_pdf_is_for_those_who_act_and_the_books_alone(client: Client) -> None:
    invoice = sponsors.invoiced(now_campaign(), at=clock.now())
    organisation = invoice.sponsorship.organisation
    member, manager = accounts.person(), accounts.person()
    accounts.membership(organisation, member)
    accounts.membership(organisation, manager, Membership.Role.MANAGER)
    readers = [manager, sponsors.owner_of(organisation), sponsors.officer(), accounts.staff(groups.AUDITORS)]
    strangers = [
        member,
        accounts.person(),
        accounts.staff(groups.MODERATORS),
        sponsors.owner_of(sponsors.business()),
    ]
    for person, status in [(one, 200) for one in readers] + [(one, 404) for one in strangers]:
        client.force_login(person)
        for path in ("", "pdf/"):
            assert client.get(f"/invoices/{invoice.number}/{path}").status_code == status, person
    client.force_login(manager)
    answer = client.get(f"/invoices/{invoice.number}/pdf/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{invoice.number}.pdf"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.content.startswith(b"%PDF-1.7")


def test_an_organisations_list_shows_its_invoices(client: Client) -> None:
    paid = sponsors.paid(now_campaign(), at=clock.now())
    organisation = paid.sponsorship.organisation
    client.force_login(sponsors.owner_of(organisation))
    page = client.get(f"/organisations/{organisation.slug}/sponsorships/")
    assertContains(page, paid.number)
    assertContains(page, "Paid")
    client.force_login(accounts.person())
    assert client.get(f"/organisations/{organisation.slug}/sponsorships/").status_code == 404


def test_the_projects_page_shows_sponsors_their_share_and_packages(client: Client) -> None:
    campaign = now_campaign({"title": "Gold", "amount_minor": 2_000_00, "places": 3}, {"title": "Silver"})
    gold = campaign.packages.get(title="Gold")
    made = sponsors.contracted(campaign, package=gold, at=clock.now())
    sponsors.offered(campaign, package=gold, at=clock.now())
    page = client.get(campaign.project.get_absolute_url())
    assertContains(page, made.organisation.name)
    assertContains(page, "€2,000")
    assertContains(page, "of €5,000 at most")
    assertContains(page, "1 of 3 places left")
    hidden = Sponsorship.objects.get(state="offered").organisation.name
    assertNotContains(page, hidden)


def test_who_acts_is_told_on_their_own_page(client: Client) -> None:
    made = sponsors.checked(now_campaign(), at=clock.now())
    as_owner(client, made.organisation)
    assertContains(client.get("/me/"), "accept the terms")


def test_the_team_writes_packages(client: Client) -> None:
    draft = campaigns.draft_campaign(goal_minor=10_000_00)
    page = reverse("sponsorship:packages", args=[draft.pk])
    client.force_login(accounts.person())
    assert client.get(page).status_code in (403, 404)
    client.force_login(draft.project.author)
    rows = {
        "package-TOTAL_FORMS": "2", "package-INITIAL_FORMS": "0",
        "package-0-title": "Gold", "package-0-amount": "1,500", "package-0-places": "2",
        "package-0-benefits": "Your name on the bench.",
    }  # fmt: skip
    answer = client.post(page, rows | {"package-0-amount": "lots"})
    assertContains(answer, "Write an amount", status_code=422)
    answer = client.post(page, rows | {"package-0-amount": "9,000"})
    assertContains(answer, "more than sponsors may give", status_code=422)
    client.post(page, rows)
    package = Package.objects.get(campaign=draft)
    assert (package.title, package.amount_minor, package.places) == ("Gold", 1_500_00, 2)


def test_sponsors_are_open_data_and_invoices_are_not(client: Client) -> None:
    campaign = now_campaign()
    sponsors.offered(campaign, at=clock.now())
    invoice = sponsors.invoiced(campaign, at=clock.now())
    given = client.get(f"/api/v1/campaigns/{campaign.pk}/sponsorships/").json()["results"]
    assert [(one["organisation"], one["amount_minor"], one["counted_minor"]) for one in given] == [
        (invoice.sponsorship.organisation.name, 1_000_00, 1_000_00)
    ]
    assert set(given[0]) == {
        "id", "organisation", "organisation_url", "package", "amount_minor", "counted_minor", "currency", "state",
    }  # fmt: skip
    assert client.get("/api/v1/me/invoices/").status_code in (401, 403)
    client.force_login(sponsors.owner_of(invoice.sponsorship.organisation))
    (own,) = client.get("/api/v1/me/invoices/").json()["results"]
    assert (own["number"], own["open_minor"], own["status"]) == (invoice.number, 1_190_00, "open")
    client.force_login(accounts.person())
    assert client.get("/api/v1/me/invoices/").json()["results"] == []
    client.force_login(sponsors.officer())
    assert client.get("/api/v1/me/invoices/").json()["results"] == []


def test_an_offer_shows_no_invoice_of_others(client: Client) -> None:
    other, offer = sponsors.invoiced(), sponsors.offered()
    client.force_login(sponsors.officer())
    assertContains(client.get(offer.get_absolute_url()), offer.organisation.name)
    assertNotContains(client.get(offer.get_absolute_url()), other.number)
