"""Businesses that sponsor: from the offer to the invoice, paid or not."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from stdnum.iso7064 import mod_11_10

from civic.accounts.models import Organisation
from civic.core import ids
from civic.demo import source
from civic.demo.city.cast import owner_of
from civic.demo.city.money.raising import Raising
from marketplace.invoicing.models import Invoice
from marketplace.sponsorship.models import Sponsorship
from marketplace.sponsorship.operations import invoices, sponsorships
from marketplace.sponsorship.operations.sponsorships import Billing

FINDING = "Read against the team and the call: no tie that speaks against it."
SEEN = "The names are where they were promised; seen on site."
VAT_NUMBERS = "814{number:05}"  # without its check digit


def note(raising: Raising) -> None:
    """Everything that the campaign's sponsors do, and what the city does with their offers."""
    for one in raising.text.get("sponsors", []):
        sponsor = Sponsor(raising, raising.diary.cast.organisations[one["who"]], one)
        for hour, (what, step) in enumerate(STEPS.items(), 10):
            if what in one:
                raising.diary.note(one[what], hour, partial(step, sponsor))


@dataclass
class Sponsor:
    """One organisation's sponsorship of one package."""

    raising: Raising
    organisation: Organisation
    one: dict[str, Any]

    @property
    def sponsorship(self) -> Sponsorship:
        """As it is now."""
        return Sponsorship.objects.get(campaign=self.raising.campaign, organisation=self.organisation)

    def offer(self, at: datetime) -> None:
        """Offers to take a package, and says where the invoice goes."""
        key = self.one["who"]
        number = VAT_NUMBERS.format(number=sum(map(ord, key)))
        billing = Billing(
            name=self.organisation.name,
            street=f"Quay Road {len(key) + 3}",
            postcode="26500",
            city="Aldermere",
            country="DE",
            email=f"accounts@{key}.{source.EMAIL_DOMAIN}",
            vat_id=f"DE{number}{mod_11_10.calc_check_digit(number)}",
            purchase_order=self.one.get("order", ""),
        )
        sponsorships.offer(
            actor=owner_of(self.organisation),
            package=self.raising.campaign.packages.get(title=self.one["package"]),
            organisation=self.organisation,
            conflict=self.one["conflict"],
            billing=billing,
            token=ids.new_id(),
            at=at,
        )

    def check(self, at: datetime) -> None:
        """The programme manager finds nothing against it."""
        manager = self.raising.diary.cast.manager
        sponsorships.check_conflict(actor=manager, sponsorship=self.sponsorship, reason=FINDING, at=at)

    def contract(self, at: datetime) -> None:
        """Accepts the terms."""
        owner = owner_of(self.organisation)
        sponsorships.contract(actor=owner, sponsorship=self.sponsorship, at=at)

    def invoice(self, at: datetime) -> None:
        """The finance office makes the invoice out."""
        invoices.issue(actor=self.raising.diary.officer, sponsorship=self.sponsorship, at=at)

    def pay(self, at: datetime) -> None:
        """Transfers the whole of it."""
        invoice = Invoice.objects.get(sponsorship=self.sponsorship)
        self.raising.bank.expect(invoice.reference, invoice.gross, self.organisation.name, at)

    def fulfil(self, at: datetime) -> None:
        """Says that the benefits were delivered."""
        owner = owner_of(self.organisation)
        sponsorships.fulfil(actor=owner, sponsorship=self.sponsorship, reason=SEEN, at=at)


STEPS = {
    "offered": Sponsor.offer,
    "checked": Sponsor.check,
    "contracted": Sponsor.contract,
    "invoiced": Sponsor.invoice,
    "paid": Sponsor.pay,
    "fulfilled": Sponsor.fulfil,
}
