"""From the offer to the contract and the benefits: who may, when, and what follows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import override_settings

from civic.accounts import groups
from civic.accounts.models import Membership
from civic.core import events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.notifications.models import Notification
from marketplace.campaigns.models import Campaign, CampaignTotal
from marketplace.sponsorship.models import Package, Sponsorship
from marketplace.sponsorship.operations import packages, sponsorships
from marketplace.sponsorship.operations.packages import Part
from marketplace.sponsorship.states import SponsorshipState
from tests.factories import accounts, campaigns, proposals, sponsors
from tests.factories.sponsors import AT

pytestmark = pytest.mark.django_db


def test_an_offer_keeps_what_its_package_promised() -> None:
    made = sponsors.offered()
    package = made.package
    assert (made.amount_minor, made.benefits, made.currency) == (1_000_00, package.benefits, "EUR")
    assert (made.billing_name, made.vat_id, made.purchase_order) == (
        "Harbour Works GmbH",
        "DE987654328",
        "PO-4711",
    )
    event = events.about(made).get()
    assert event.kind == "sponsorship.offered"
    assert "Harbour" not in str(event.payload)


def test_a_double_click_offers_once() -> None:
    token, sponsor, campaign = uuid4(), sponsors.business(), sponsors.campaign()
    first = sponsors.offered(campaign, sponsor, token=token)
    assert sponsors.offered(campaign, sponsor, token=token) == first
    assert Sponsorship.objects.count() == 1


def test_only_owners_and_managers_offer() -> None:
    sponsors.issuer()
    sponsor, package = sponsors.business(), sponsors.campaign().packages.get()
    manager, member, stranger = accounts.person(), accounts.person(), accounts.person()
    accounts.membership(sponsor, manager, Membership.Role.MANAGER)
    accounts.membership(sponsor, member)
    facts = {"package": package, "organisation": sponsor, "conflict": "None.", "billing": sponsors.billing()}
    for person in (member, stranger):
        with pytest.raises(Forbidden):
            sponsorships.offer(actor=person, token=uuid4(), at=AT, **facts)
    assert sponsorships.offer(actor=manager, token=uuid4(), at=AT, **facts).offered_by == manager


def test_a_statement_of_ties_is_needed() -> None:
    with pytest.raises(Invalid) as refused:
        sponsors.offered(conflict="  ")
    assert "conflict" in refused.value.fields


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"street": " "}, "billing_street"),
        ({"email": "not an address"}, "billing_email"),
        ({"name": "x" * 161}, "billing_name"),
        ({"vat_id": "DE12"}, "vat_id"),
        ({"country": "US", "vat_id": ""}, "billing_country"),
    ],
)
def test_an_invoice_needs_a_whole_address(wrong: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        sponsors.offered(billing=sponsors.billing(**wrong))
    assert field in refused.value.fields


def test_no_issuer_no_sponsors() -> None:
    package = sponsors.campaign().packages.get()
    sponsor = sponsors.business()
    with pytest.raises(Conflict, match="no issuer"):
        sponsorships.offer(
            actor=sponsors.owner_of(sponsor), package=package, organisation=sponsor, conflict="None.",
            billing=sponsors.billing(), token=uuid4(), at=AT,
        )  # fmt: skip


def test_only_an_open_campaign_takes_sponsors() -> None:
    campaign = sponsors.campaign()
    with pytest.raises(Conflict, match="campaign ended"):
        sponsors.offered(campaign, at=campaign.ends_at)
    Campaign.objects.filter(pk=campaign.pk).update(state="collecting")
    with pytest.raises(Conflict, match="campaign ended"):
        sponsors.offered(campaign)


def test_places_of_a_package_run_out_and_come_back() -> None:
    campaign = sponsors.campaign({"places": 1})
    first = sponsors.offered(campaign)
    with pytest.raises(Conflict, match="last place"):
        sponsors.offered(campaign)
    sponsorships.withdraw(actor=sponsors.owner_of(first.organisation), sponsorship=first, at=AT)
    assert sponsors.offered(campaign).state == SponsorshipState.OFFERED


def test_an_organisation_has_a_package_once() -> None:
    campaign, sponsor = sponsors.campaign(), sponsors.business()
    sponsors.offered(campaign, sponsor)
    with pytest.raises(Conflict, match="already"):
        sponsors.offered(campaign, sponsor)


def test_sponsors_together_stay_within_their_share() -> None:
    campaign = sponsors.campaign({"amount_minor": 2_500_00}, sponsor_share_max_bp=5000)
    sponsors.offered(campaign)
    sponsors.offered(campaign)
    with pytest.raises(Conflict, match="5,000"):
        sponsors.offered(campaign)


def test_the_desk_checks_but_nobody_of_the_sponsor_or_the_team() -> None:
    made = sponsors.offered()
    inside = sponsors.officer()
    accounts.membership(made.organisation, inside)
    of_team = accounts.staff(groups.PROGRAMME_MANAGERS)
    proposals.member(made.campaign.project, of_team)
    refused = [
        inside,
        of_team,
        accounts.person(),
        accounts.staff(groups.MODERATORS),
        accounts.staff(groups.AUDITORS),
    ]
    for person in refused:
        with pytest.raises(Forbidden):
            sponsorships.check_conflict(actor=person, sponsorship=made, reason="Fine.", at=AT)
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    with pytest.raises(Invalid):
        sponsorships.check_conflict(actor=manager, sponsorship=made, reason=" ", at=AT)
    sponsorships.check_conflict(actor=manager, sponsorship=made, reason="No ties known.", at=AT)
    made.refresh_from_db()
    assert (made.state, made.checked_by, made.conflict_finding) == (
        "conflict_checked",
        manager,
        "No ties known.",
    )


def test_the_desk_declines_with_a_reason_that_the_sponsor_reads() -> None:
    made = sponsors.offered()
    sponsorships.decline(
        actor=sponsors.officer(), sponsorship=made, reason="Bids for a city contract.", at=AT
    )
    made.refresh_from_db()
    assert made.state == SponsorshipState.LAPSED
    events.deliver_pending(at=AT)
    told = Notification.objects.get(person=sponsors.owner_of(made.organisation), kind="sponsorship.lapsed")
    assert told.detail == "Bids for a city contract."


def test_a_contract_needs_the_check_and_the_sponsor() -> None:
    made = sponsors.offered()
    owner = sponsors.owner_of(made.organisation)
    with pytest.raises(IllegalTransition):
        sponsorships.contract(actor=owner, sponsorship=made, at=AT)
    sponsorships.check_conflict(actor=sponsors.officer(), sponsorship=made, reason="Fine.", at=AT)
    with pytest.raises(Forbidden):
        sponsorships.contract(actor=sponsors.officer(), sponsorship=made, at=AT)
    sponsorships.contract(actor=owner, sponsorship=made, at=AT)
    total = CampaignTotal.objects.get(campaign=made.campaign)
    assert (total.sponsors_firm_minor, total.sponsors_paid_minor) == (1_000_00, 0)
    events.deliver_pending(at=AT)
    assert Notification.objects.filter(
        person=made.campaign.project.author, kind="sponsorship.contracted_team"
    ).exists()


def test_a_contract_is_not_withdrawn_or_declined() -> None:
    made = sponsors.contracted()
    with pytest.raises(Conflict):
        sponsorships.withdraw(actor=sponsors.owner_of(made.organisation), sponsorship=made, at=AT)
    with pytest.raises(Conflict):
        sponsorships.decline(actor=sponsors.officer(), sponsorship=made, reason="Late.", at=AT)


@override_settings(SPONSOR_CONTRACT_DAYS=14)
def test_what_is_not_contracted_in_time_lapses() -> None:
    campaign = sponsors.campaign(ends_at=AT + timedelta(days=60))
    waiting, checked = sponsors.offered(campaign), sponsors.checked(campaign)
    contracted = sponsors.contracted(campaign)
    assert sponsorships.lapse_late(at=AT + timedelta(days=13)) == 0
    assert sponsorships.lapse_late(at=AT + timedelta(days=14)) == 1
    states = {pk: Sponsorship.objects.get(pk=pk).state for pk in (waiting.pk, checked.pk, contracted.pk)}
    assert list(states.values()) == ["offered", "lapsed", "contracted"]
    assert sponsorships.lapse_late(at=campaign.ends_at) == 1
    waiting.refresh_from_db()
    assert waiting.state == "lapsed"


def test_benefits_are_confirmed_once_paid_and_the_campaign_has_succeeded() -> None:
    made = sponsors.paid(sponsors.campaign(rule="keep")).sponsorship
    owner = sponsors.owner_of(made.organisation)
    with pytest.raises(Conflict, match="succeeded"):
        sponsorships.fulfil(actor=owner, sponsorship=made, at=AT)
    Campaign.objects.filter(pk=made.campaign_id).update(state="succeeded")
    with pytest.raises(Forbidden):
        sponsorships.fulfil(actor=accounts.person(), sponsorship=made, at=AT)
    assert sponsorships.fulfil(actor=owner, sponsorship=made, at=AT).state == "fulfilled"


def test_the_team_declares_packages_before_the_opening() -> None:
    draft = campaigns.draft_campaign(at=AT, goal_minor=1_000_00)
    part = Part("Gold", "Your name on the bench.", 400_00, 2)
    with pytest.raises(Forbidden):
        packages.declare(actor=accounts.person(), campaign=draft, parts=[part], at=AT)
    author = draft.project.author
    packages.declare(actor=author, campaign=draft, parts=[part, Part("Silver", "A mention.", 100_00)], at=AT)
    packages.declare(actor=author, campaign=draft, parts=[part], at=AT)
    assert [package.title for package in Package.objects.filter(campaign=draft)] == ["Gold"]
    Campaign.objects.filter(pk=draft.pk).update(state="open", opened_at=AT)
    with pytest.raises(Conflict):
        packages.declare(actor=author, campaign=draft, parts=[], at=AT)


@pytest.mark.parametrize(
    "parts",
    [
        [Part("Gold", "Yes", 500_01)],
        [Part("Gold", "Yes", 0)],
        [Part("Gold", " ", 1)],
        [Part("Gold", "Yes", 1), Part("gold", "No", 1)],
        [Part(f"P{n}", "Yes", 1) for n in range(9)],
    ],
)
def test_packages_that_can_not_be(parts: list[Part]) -> None:
    draft = campaigns.draft_campaign(at=AT, goal_minor=1_000_00)
    with pytest.raises(Invalid):
        packages.declare(actor=draft.project.author, campaign=draft, parts=parts, at=AT)
