"""Locks of sponsorships and packages, each after its campaign (`campaigns.locking` has the whole order)."""

from civic.core.locking import lock_row
from marketplace.campaigns.locking import lock_exclusive
from marketplace.sponsorship.models import Package, Sponsorship


def lock_package(package: Package) -> Package:
    """The package as it is now, its campaign locked.

    Places and the sponsors' share are counted under the campaign's lock: without it the last place would go twice.
    """
    campaign = lock_exclusive(package.campaign)
    found = Package.objects.get(pk=package.pk)
    found.campaign = campaign
    return found


def lock_sponsorship(sponsorship: Sponsorship) -> Sponsorship:
    """The sponsorship as it is now, locked, its campaign locked before it."""
    campaign = lock_exclusive(sponsorship.campaign)
    found = lock_row(Sponsorship.objects.select_related("organisation", "package"), pk=sponsorship.pk)
    found.campaign = campaign
    return found
