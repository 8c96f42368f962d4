"""Locks of sponsorships and packages, each after its campaign (`campaigns.locking` has the whole order)."""

from django.db.models import QuerySet

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
    rows = Sponsorship.objects.select_for_update(of=("self",)).select_related("organisation", "package")
    found = rows.get(pk=sponsorship.pk)
    found.campaign = campaign
    return found


def lock_live_sponsorships(rows: QuerySet[Sponsorship]) -> list[Sponsorship]:
    """These sponsorships, locked by id, so that two that lock several never wait for each other in a circle."""
    return list(rows.select_for_update(of=("self",)).order_by("id"))
