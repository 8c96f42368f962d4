"""Locks in the order that funding keeps: campaign, sponsorship, then the ledger."""

from civic.core.errors import NotFound
from marketplace.campaigns.models import Campaign
from marketplace.sponsorship.models import Invoice, Package, Sponsorship


def locked_campaign(campaign: Campaign) -> Campaign:
    """The campaign as it is now, locked against others who decide by its state and sums."""
    rows = Campaign.objects.select_for_update(no_key=True, of=("self",)).select_related("project__call")
    found = rows.filter(pk=campaign.pk).first()
    if found is None:
        raise NotFound
    return found


def locked_package(package: Package) -> Package:
    """The package as it is now, whose places the lock of its campaign guards."""
    campaign = locked_campaign(package.campaign)
    found = Package.objects.filter(pk=package.pk).first()
    if found is None:
        raise NotFound
    found.campaign = campaign
    return found


def locked_sponsorship(sponsorship: Sponsorship) -> Sponsorship:
    """The sponsorship, locked, with its campaign locked before it."""
    campaign = locked_campaign(sponsorship.campaign)
    rows = Sponsorship.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation")
    found = rows.get(pk=sponsorship.pk)
    found.campaign = campaign
    return found


def locked_invoice(invoice: Invoice) -> Invoice:
    """The invoice with what of it is open, its sponsorship and campaign locked before it is read."""
    sponsorship = locked_sponsorship(invoice.sponsorship)
    found = Invoice.objects.with_amounts().get(pk=invoice.pk)
    found.sponsorship = sponsorship
    return found
