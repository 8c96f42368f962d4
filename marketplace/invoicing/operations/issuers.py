"""Who issues the city's invoices, and with which tax number and rate."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Invalid, required
from civic.core.policies import require
from marketplace.invoicing.models import Issuer
from marketplace.invoicing.vat import check_id, tidy

# Basis points, days: beyond what any country taxes and any city waits for. 1900 typed with a nought too many is one
# officer's slip, and the next invoice has it.
HIGHEST_RATE = 40_00
LONGEST_WAIT = 180


def declare_issuer(*, actor: Person, reason: str, at: datetime, **details: Any) -> Issuer:
    """Adds the row that invoices take their issuer from, from now on; those that are out keep what they say.

    Raises Forbidden; Invalid without a reason, for a rate or a time to pay that can't be meant, and for a VAT number
    that can't be one of the issuer's country: without a right one every invoice would break EN 16931 (BR-CO-09,
    BR-S-02).
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say why."))
    details["vat_id"] = tidy(details["vat_id"])
    required(details["vat_id"], _("Invoices need the VAT number of who issues them."), field="vat_id")
    check_id(details["vat_id"], details["country"])
    if not 0 <= details["vat_rate_bp"] <= HIGHEST_RATE:
        raise Invalid(vat_rate_bp=_("A rate of VAT is between 0 and 4000 basis points; 1900 is 19 %."))
    if not 1 <= details["payment_days"] <= LONGEST_WAIT:
        raise Invalid(payment_days=_("Give between 1 and 180 days to pay."))
    with transaction.atomic():
        issuer = Issuer(**details)
        told = {"vat_id": issuer.vat_id, "vat_rate_bp": issuer.vat_rate_bp, "days": issuer.payment_days}
        events.record("issuer.declared", actor=actor, subject=issuer, at=at, payload=told, note=reason)
        issuer.save(force_insert=True)  # after its event: the database refuses an issuer that nobody told of
    return issuer
