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
from marketplace.invoicing.vat import check_id, tidy


def declare_issuer(*, actor: Person, reason: str, at: datetime, **details: Any) -> Issuer:
    """Adds the row that invoices take their issuer from, from now on; those that are out keep what they say.

    Raises Forbidden; Invalid without a reason, and for a VAT number that can't be one of the issuer's country: without
    a right one every invoice would break EN 16931 (BR-CO-09, BR-S-02).
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say why."))
    details["vat_id"] = tidy(details["vat_id"])
    required(details["vat_id"], _("Invoices need the VAT number of who issues them."), field="vat_id")
    check_id(details["vat_id"], details["country"])
    with transaction.atomic():
        issuer = Issuer(**details)
        told = {"vat_id": issuer.vat_id, "vat_rate_bp": issuer.vat_rate_bp, "days": issuer.payment_days}
        events.record("issuer.declared", actor=actor, subject=issuer, at=at, payload=told, note=reason)
        issuer.save(force_insert=True)  # after its event: the database refuses an issuer that nobody told of
    return issuer
