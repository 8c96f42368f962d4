"""Who issues the city's invoices, and with which tax number and rate."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import required
from civic.core.policies import require
from marketplace.invoicing.models import Issuer


def declare_issuer(*, actor: Person, reason: str, at: datetime, **details: Any) -> Issuer:
    """Adds the row that invoices take their issuer from, from now on; those that are out keep what they say.

    Raises Forbidden; Invalid without a reason.
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say why."))
    with transaction.atomic():
        issuer = Issuer.objects.create(**details)
        told = {"vat_id": issuer.vat_id, "vat_rate_bp": issuer.vat_rate_bp, "days": issuer.payment_days}
        events.record("issuer.declared", actor=actor, subject=issuer, at=at, payload=told, note=reason)
    return issuer
