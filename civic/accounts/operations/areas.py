"""The city's geography."""

from datetime import datetime

from django.db import transaction

from civic.accounts.models import Area, Person
from civic.core import events
from civic.core.policies import require


def save_area(*, actor: Person, area: Area, at: datetime) -> Area:
    """Writes a new or changed area. Raises Forbidden."""
    require(actor, "save", area)
    known = Area.objects.filter(pk=area.pk).exists()
    with transaction.atomic():
        area.save()
        kind = "area.changed" if known else "area.added"
        payload = {"slug": area.slug, "parent": str(area.parent_id) if area.parent_id else None}
        events.record(kind, actor=actor, subject=area, at=at, payload=payload)
    return area
