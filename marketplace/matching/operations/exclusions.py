"""Related parties beyond those that are found by themselves."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Invalid
from civic.core.states import lock
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.matching.models import Exclusion
from marketplace.matching.operations.matching import match_campaign, take_back
from marketplace.matching.policies import require_funds


def exclude(*, actor: Person, campaign: Campaign, person: Person, reason: str, at: datetime) -> Exclusion:
    """Leaves this person's gifts to a campaign out of every match; what they brought is taken back.

    Raises Forbidden, Invalid without a reason.
    """
    require_funds(actor)
    if not reason.strip():
        raise Invalid(reason=_("Give your reason; it stays on record."))
    with transaction.atomic():
        lock(campaign)
        said = {"reason": reason.strip()[:300]}
        exclusion, _made = Exclusion.objects.get_or_create(campaign=campaign, person=person, defaults=said)
        for pledge in Pledge.objects.filter(campaign=campaign, person=person).order_by("pk"):
            pledge.campaign = campaign
            take_back(pledge, at)
        payload = {"campaign": str(campaign.pk)}
        events.record(
            "exclusion.declare", actor=actor, subject=exclusion, at=at, payload=payload, note=reason.strip()
        )
        match_campaign(campaign, at)
    return exclusion
