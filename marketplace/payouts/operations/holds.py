"""What keeps a campaign's money where it is: a dispute that runs, or a finance officer's doubt."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.ids import new_id
from civic.core.policies import require
from marketplace.campaigns.locking import lock_exclusive
from marketplace.campaigns.models import Campaign
from marketplace.payouts.models import Hold

NO_REASON = gettext_lazy("Give your reason; it stays on record.")


def place(
    *, campaign: Campaign, kind: str, key: str, reason: str, at: datetime, actor: Person | None = None
) -> Hold:
    """Stops payouts of a campaign until it is lifted; once a `key`. `reason` is public and names nobody."""
    with transaction.atomic():
        lock_exclusive(campaign)
        fresh = {"campaign": campaign, "reason": reason, "placed_at": at}
        hold, made = Hold.objects.get_or_create(kind=kind, key=key, defaults=fresh)
        if made:
            _record("hold.placed", hold, actor, at)
        return hold


def lift(*, hold: Hold, at: datetime, actor: Person | None = None, reason: str = "") -> None:
    """Ends a hold. Idempotent."""
    with transaction.atomic():
        lock_exclusive(hold.campaign)
        if Hold.objects.filter(pk=hold.pk, lifted_at=None).exists():
            # First: without it the database refuses the next line.
            _record("hold.lifted", hold, actor, at, reason)
            Hold.objects.filter(pk=hold.pk).update(lifted_at=at)
            hold.lifted_at = at


def doubt(*, actor: Person, campaign: Campaign, reason: str, at: datetime) -> Hold:
    """A finance officer stops the payouts of a campaign. Raises Forbidden, Invalid without a reason."""
    require(actor, "keep", "books")
    reason = required(reason, NO_REASON)
    return place(
        campaign=campaign, kind=Hold.Kind.DOUBT, key=str(new_id()), reason=reason[:300], at=at, actor=actor
    )


def clear(*, actor: Person, hold: Hold, reason: str, at: datetime) -> None:
    """A finance officer lifts a doubt. Raises Forbidden, Invalid, Conflict: a dispute ends by its outcome."""
    require(actor, "keep", "books")
    if hold.kind == Hold.Kind.DISPUTE:
        raise Conflict(_("A dispute ends when the payer's bank has decided it."))
    lift(hold=hold, at=at, actor=actor, reason=required(reason, NO_REASON))


def _record(kind: str, hold: Hold, actor: Person | None, at: datetime, reason: str = "") -> None:
    payload = {"campaign": str(hold.campaign_id), "kind": hold.kind}
    events.record(kind, actor=actor, subject=hold, at=at, payload=payload, note=reason or hold.reason)
