"""Businesses that sponsor: from the offer to the invoice, paid or not."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from stdnum.iso7064 import mod_11_10

from civic.accounts.models import Membership, Organisation, Person
from civic.core import ids
from civic.demo import source
from civic.demo.city.money.raising import Raising
from civic.demo.city.programme import MANAGER
from marketplace.invoicing.models import Invoice, Issuer
from marketplace.sponsorship.models import Sponsorship
from marketplace.sponsorship.operations import invoices, sponsorships
from marketplace.sponsorship.operations.sponsorships import Billing

FINDING = "Read against the team and the call: no tie that speaks against it."
SEEN = "The names are where they were promised; seen on site."
VAT_NUMBERS = "814{number:05}"  # without its check digit


def set_up() -> Issuer:
    """Who issues the city's invoices."""
    return Issuer.objects.create(**source.read("money")["issuer"])


def note(raising: Raising) -> None:
    """Everything that the campaign's sponsors do, and what the city does with their offers."""
    for number, one in enumerate(raising.text.get("sponsors", []), 1):
        sponsor = Sponsor(raising, raising.diary.cast.organisations[one["who"]], one, number)
        for what, step in STEPS.items():
            if what in one:
                raising.diary.note(one[what], 10 + list(STEPS).index(what), step(sponsor))


class Sponsor:
    """One organisation's sponsorship of one package."""

    def __init__(
        self, raising: Raising, organisation: Organisation, one: dict[str, Any], number: int
    ) -> None:
        self.raising, self.organisation, self.one, self.number = raising, organisation, one, number

    @property
    def owner(self) -> Person:
        """Who acts for it."""
        owner = self.organisation.memberships.select_related("person").get(role=Membership.Role.OWNER)
        return owner.person

    @property
    def sponsorship(self) -> Sponsorship:
        """As it is now."""
        return Sponsorship.objects.get(campaign=self.raising.campaign, organisation=self.organisation)

    def offer(self, at: datetime) -> None:
        """Offers to take a package."""
        sponsorships.offer(
            actor=self.owner,
            package=self.raising.campaign.packages.get(title=self.one["package"]),
            organisation=self.organisation,
            conflict=self.one["conflict"],
            billing=self._billing(),
            token=ids.new_id(),
            at=at,
        )

    def _billing(self) -> Billing:
        key = self.one["who"]
        number = VAT_NUMBERS.format(number=sum(map(ord, key)))
        return Billing(
            name=self.organisation.name,
            street=f"Quay Road {len(key) + 3}",
            postcode="26500",
            city="Aldermere",
            country="DE",
            email=f"accounts@{key}.{source.EMAIL_DOMAIN}",
            vat_id=f"DE{number}{mod_11_10.calc_check_digit(number)}",
            purchase_order=self.one.get("order", ""),
        )

    def check(self, at: datetime) -> None:
        """The programme manager finds nothing against it."""
        manager = self.raising.diary.person(MANAGER)
        sponsorships.check_conflict(actor=manager, sponsorship=self.sponsorship, reason=FINDING, at=at)

    def contract(self, at: datetime) -> None:
        """Accepts the terms."""
        sponsorships.contract(actor=self.owner, sponsorship=self.sponsorship, at=at)

    def invoice(self, at: datetime) -> None:
        """The finance office makes the invoice out."""
        invoices.issue(actor=self.raising.diary.officer, sponsorship=self.sponsorship, at=at)

    def pay(self, at: datetime) -> None:
        """Transfers the whole of it."""
        invoice = Invoice.objects.get(sponsorship=self.sponsorship)
        self.raising.bank.expect(invoice.reference, invoice.gross, self.organisation.name, at)

    def fulfil(self, at: datetime) -> None:
        """Says that the benefits were delivered."""
        sponsorships.fulfil(actor=self.owner, sponsorship=self.sponsorship, reason=SEEN, at=at)


STEPS: dict[str, Callable[[Sponsor], Callable[[datetime], None]]] = {
    "offered": lambda sponsor: sponsor.offer,
    "checked": lambda sponsor: sponsor.check,
    "contracted": lambda sponsor: sponsor.contract,
    "invoiced": lambda sponsor: sponsor.invoice,
    "paid": lambda sponsor: sponsor.pay,
    "fulfilled": lambda sponsor: sponsor.fulfil,
}
