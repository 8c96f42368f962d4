"""What sponsors may buy of a campaign: declared by the team before it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid
from civic.core.policies import require
from marketplace.campaigns.locking import lock_exclusive
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.sponsorship.models import Package

MOST = 8


@dataclass(frozen=True)
class Part:
    """One package: an amount before tax in minor units, and how many sponsors may have it (None: no limit)."""

    title: str
    benefits: str
    amount_minor: int
    places: int | None = None


def declare(*, actor: Person, campaign: Campaign, parts: Sequence[Part], at: datetime) -> list[Package]:
    """Replaces the packages of a campaign that has not opened.

    Raises Forbidden (not the team), Conflict (the campaign has opened), Invalid (too many, a title twice, no
    benefits, an amount of nothing or above the sponsors' share).
    """
    with transaction.atomic():
        current = lock_exclusive(campaign)
        require(actor, "declare_packages", current)
        if current.state != CampaignState.DRAFT:
            raise Conflict(_("People pledge knowing these packages: they stay as they were at the opening."))
        _check(current, parts)
        current.packages.all().delete()
        made = Package.objects.bulk_create(Package(campaign=current, **vars(part)) for part in parts)
        events.record(
            "campaign.packages_declared", actor=actor, subject=current, at=at, payload={"packages": len(made)}
        )
    return made


def _check(campaign: Campaign, parts: Sequence[Part]) -> None:
    if len(parts) > MOST:
        raise Invalid(_("A campaign has at most %(most)s packages.") % {"most": MOST})
    if len({part.title.casefold() for part in parts}) < len(parts):
        raise Invalid(_("Two packages have the same title."))
    for part in parts:
        if not part.title.strip() or not part.benefits.strip() or part.amount_minor <= 0 or part.places == 0:
            raise Invalid(_("Each package has a title, benefits, an amount and at least one place."))
        if part.amount_minor > campaign.sponsors_most_minor:
            words = _("“%(title)s” is more than sponsors may give together: %(most)s.")
            raise Invalid(words % {"title": part.title, "most": campaign.money(campaign.sponsors_most_minor)})
