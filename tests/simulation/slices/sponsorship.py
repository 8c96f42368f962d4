"""Businesses sponsor, are invoiced, pay, dispute; the city credits."""

from collections.abc import Iterator
from uuid import uuid4

from django.db.models import Q

from civic.accounts.models import Organisation, Person
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import credit_notes, payment_requests
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState
from marketplace.sponsorship.models import Package, Sponsorship
from marketplace.sponsorship.operations import invoices, sponsorships
from projects.proposals.states import ProjectState
from tests.factories import sponsors
from tests.simulation.draws import Void, a
from tests.simulation.engine import City, holds, verb
from tests.simulation.slices.payments import still_there
from tests.simulation.world import finance


def packages(city: City, campaign: Campaign, author: Person) -> None:
    """What sponsors of a new campaign are offered."""
    Package.objects.create(
        campaign=campaign,
        title=f"Package {city.number}",
        benefits="Your name on the bench.",
        amount_minor=min(30_00, campaign.goal_minor * campaign.sponsor_share_max_bp // 10_000),
    )


def acting_for(organisation: Organisation) -> Person:
    """Who has owned it longest."""
    owning = organisation.memberships.filter(role="owner").order_by("pk").select_related("person").first()
    if owning is None:
        raise Void("owner")
    return owning.person


# Whoever acted for the sponsor may have erased the account: nobody does then.
ACTING = Q(organisation__memberships__role="owner")


def in_state(*states: str) -> Q:
    """Sponsorships that stand so."""
    return Q(state__in=states)


@verb(
    3,
    package=a(Package, likely=Q(campaign__state=CampaignState.OPEN)),
    sponsor=a(Organisation, only=Q(kind=Organisation.Kind.BUSINESS, memberships__role="owner")),
)
def offer(city: City, package: Package, sponsor: Organisation) -> None:
    sponsorships.offer(
        actor=acting_for(sponsor),
        package=package,
        organisation=sponsor,
        conflict="We have no ties.",
        billing=sponsors.billing(),
        token=uuid4(),
        at=city.at,
    )


@verb(3, officer=finance(), sponsorship=a(Sponsorship, likely=in_state("offered")))
def check(city: City, officer: Person, sponsorship: Sponsorship) -> None:
    sponsorships.check_conflict(actor=officer, sponsorship=sponsorship, reason="No ties known.", at=city.at)


@verb(0.5, officer=finance(), sponsorship=a(Sponsorship, likely=in_state("offered", "conflict_checked")))
def decline(city: City, officer: Person, sponsorship: Sponsorship) -> None:
    sponsorships.decline(actor=officer, sponsorship=sponsorship, reason="Ties to the council.", at=city.at)


@verb(0.5, sponsorship=a(Sponsorship, likely=in_state("offered", "conflict_checked"), only=ACTING))
def withdraw(city: City, sponsorship: Sponsorship) -> None:
    owner = acting_for(sponsorship.organisation)
    sponsorships.withdraw(actor=owner, sponsorship=sponsorship, at=city.at)


@verb(3, sponsorship=a(Sponsorship, likely=in_state("conflict_checked"), only=ACTING))
def contract(city: City, sponsorship: Sponsorship) -> None:
    owner = acting_for(sponsorship.organisation)
    sponsorships.contract(actor=owner, sponsorship=sponsorship, at=city.at)


@verb(3, officer=finance(), sponsorship=a(Sponsorship, likely=in_state("contracted")))
def issue(city: City, officer: Person, sponsorship: Sponsorship) -> None:
    invoices.issue(actor=officer, sponsorship=sponsorship, at=city.at)


INVOICE = a(Invoice, only=Q(sponsorship__organisation__memberships__role="owner"))


@verb(4, invoice=INVOICE)
def pay_invoice(city: City, invoice: Invoice) -> None:
    """The sponsor goes to the provider's page; `decide` is what happens there."""
    owner = acting_for(invoice.sponsorship.organisation)
    payment_requests.ask_online(actor=owner, invoice=invoice, provider="demo", at=city.at)


@verb(0.7, officer=finance(), invoice=INVOICE)
def credit(city: City, officer: Person, invoice: Invoice) -> None:
    credit_notes.credit_whole(actor=officer, invoice=invoice, reason="A mistake of ours.", at=city.at)


@verb(0.5, officer=finance(), invoice=INVOICE)
def credit_rest(city: City, officer: Person, invoice: Invoice) -> None:
    credit_notes.credit_rest(actor=officer, invoice=invoice, reason="Not worth the trouble.", at=city.at)


@verb(1, sponsorship=a(Sponsorship, likely=in_state("paid"), only=ACTING))
def fulfil(city: City, sponsorship: Sponsorship) -> None:
    owner = acting_for(sponsorship.organisation)
    sponsorships.fulfil(actor=owner, sponsorship=sponsorship, at=city.at)


@holds("quiet")
def sponsors_of_what_failed_owe_nothing(city: City) -> Iterator[str]:
    """Once a campaign or its project came to nothing, nobody owes for it what they have never paid.

    After a success a bank may take back what was paid: that is owed again. The rest of what was paid in part is
    credited with what goes back.
    """
    ended = Q(campaign__state__in=[CampaignState.MISSED, CampaignState.CANCELLED])
    over = Q(campaign__project__state__in=[ProjectState.FAILED, ProjectState.CANCELLED])
    for one in Sponsorship.objects.filter(over, state__in=["contracted", "invoiced"]):
        lost = Charge.objects.filter(
            purpose__startswith=f"invoice:{one.invoice_id}:", disputes__lost_minor__gt=0
        )
        if not lost.exists():
            yield f"{one.state} in a project that has ended"
    owing = Sponsorship.objects.filter(ended, state__in=["contracted", "invoiced", "part_paid", "paid"])
    yield from (
        f"{one.state} in a campaign that is {one.campaign.state}" for one in owing.select_related("campaign")
    )


@holds("quiet")
def a_paid_sponsorship_has_its_money(city: City) -> Iterator[str]:
    """What stands as paid is there, by the charges themselves: none that a bank took back (M4).

    But for what credit notes gave back, whose amounts are below zero.
    """
    for one in Sponsorship.objects.filter(state__in=["paid", "fulfilled"]).select_related("invoice"):
        paid = still_there(Charge.objects.filter(purpose__startswith=f"invoice:{one.invoice.pk}:"))
        disputed = Charge.objects.filter(
            purpose__startswith=f"invoice:{one.invoice.pk}:", state=ChargeState.DISPUTED
        )
        owed = one.invoice.gross_minor + sum(one.invoice.credit_notes.values_list("gross_minor", flat=True))
        if paid < owed and not disputed.exists():
            yield f"{one.state}: {paid} of {owed} there"
