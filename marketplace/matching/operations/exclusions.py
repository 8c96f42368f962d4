"""Related parties beyond those that are found by themselves."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import required
from civic.core.policies import require
from marketplace.campaigns.locking import lock_exclusive
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations.totals import recount
from marketplace.matching.models import Exclusion, MatchFund
from marketplace.matching.operations.matching import match_campaign, reverse_match
from marketplace.matching.states import LeftOut


def exclude(*, actor: Person, campaign: Campaign, person: Person, reason: str, at: datetime) -> Exclusion:
    """Leaves this person's gifts to a campaign out of every match; what they brought is taken back.

    Raises Forbidden, Invalid without a reason.
    """
    require(actor, "run", MatchFund)
    reason = required(reason, _("Give your reason; it stays on record."))
    with transaction.atomic():
        lock_exclusive(campaign)
        data = {"reason": reason[:300]}
        exclusion, _made = Exclusion.objects.get_or_create(campaign=campaign, person=person, defaults=data)
        for pledge in Pledge.objects.filter(campaign=campaign, person=person).order_by("pk"):
            pledge.campaign = campaign
            reverse_match(pledge, at, reason=LeftOut.RELATED)
        payload = {"campaign": str(campaign.pk)}
        events.record(
            "exclusion.declared", actor=actor, subject=exclusion, at=at, payload=payload, note=reason
        )
        match_campaign(campaign, at)
        recount(campaign, at)
    return exclusion
