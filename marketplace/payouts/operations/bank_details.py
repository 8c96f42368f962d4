"""Where a project's organisation is paid."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Organisation, Person
from civic.core import events
from civic.core.errors import required
from civic.core.policies import require
from civic.core.states import lock
from marketplace.payments.references import checked_iban
from marketplace.payouts.models import BankDetails


def enter_details(
    *, actor: Person, organisation: Organisation, holder: str, iban: str, at: datetime
) -> BankDetails:
    """Names the account that an organisation is paid to; usable after a wait, which gives its owners time to object.

    The same account again changes nothing. Raises Forbidden (not an owner), Invalid (not an IBAN, no holder).
    """
    require(actor, "name_bank_details", organisation)
    number = checked_iban(iban)
    holder = required(holder, _("Say who holds the account, as the bank writes it."), field="holder")
    with transaction.atomic():
        lock(organisation)
        require(actor, "name_bank_details", organisation)
        newest = organisation.bank_details.first()
        if newest and (newest.destination, newest.holder) == (number, holder):
            return newest
        details = BankDetails(
            organisation=organisation,
            provider=settings.PAYOUT_PROVIDER,
            holder=holder[:70],
            destination=number,
            entered_by=actor,
            usable_from=at + timedelta(days=settings.BANK_DETAILS_WAIT_DAYS),
        )
        payload = {"organisation": str(organisation.pk)}
        # First: without it the database refuses the account (payouts/sql/named_0010.sql).
        events.record("bank_details.entered", actor=actor, subject=details, at=at, payload=payload)
        details.save(force_insert=True)
    return details
