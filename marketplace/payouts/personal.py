"""What payouts hold of a person: who entered, requested and approved."""

from contextlib import suppress
from functools import partial

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.accounts.privacy import (
    KEEP,
    NonPersonal,
    Personal,
    Text,
    closing_blockers,
    closing_deletes,
    non_personal,
    personal_data,
)
from civic.core.registry import Hook
from marketplace.payouts.models import BankDetails, Payout
from marketplace.payouts.states import PayoutState


def payouts_wait(organisation: Organisation) -> Text | None:
    """What is owed to it is paid first."""
    waiting = Payout.objects.filter(campaign__project__organisation=organisation)
    if waiting.exclude(state=PayoutState.SETTLED).exists():
        return _(
            "Money of a project waits to be paid to it. Name its bank account, and wait until it has arrived."
        )
    return None


def delete_accounts(organisation: Organisation) -> int:
    """Deletes bank details that nothing was paid to; the others stay with the payment, as tax law asks."""
    deleted = 0
    for details in BankDetails.objects.filter(organisation=organisation, payouts=None):
        # A slice above may have paid to it, too: its rows protect the account.
        with suppress(ProtectedError):
            deleted += details.delete()[0]
    return deleted


closing_blockers.register(Hook("payouts-wait", payouts_wait))
closing_deletes.register(Hook("bank-details", delete_accounts))
office = partial(
    Personal, erase=KEEP, reason=_("Who moved money stays on record by a random number."), council=True
)


OURS = [
    Personal(
        model="payouts.BankDetails",
        person="entered_by",
        title=_("Bank accounts that you entered for an organisation"),
        export=("created_at", "organisation", "holder", "destination", "usable_from"),
        withhold={"provider": "who sends the money"},
        anonymise={"entered_by": None},
        reason=_("Where an organisation is paid stays, without your name."),
    ),
    office(
        model="payouts.Payout",
        person="requested_by",
        title=_("Payouts that you requested"),
        export=("created_at", "campaign", "amount_minor", "currency", "state"),
        withhold={"failure": "a bank's answer about an organisation's account"},
    ),
    office(
        model="payouts.Approval",
        person="person",
        title=_("Payouts that you approved"),
        export=("approved_at", "payout", "attempt"),
    ),
    office(
        model="payouts.Return",
        person="proposed_by",
        title=_("Returns of what a project had left that you proposed"),
        export=("created_at", "campaign", "amount_minor", "currency", "reason", "state"),
        withhold={"shares": "who else gets money back"},
    ),
    office(
        model="payouts.Return",
        person="confirmed_by",
        title=_("Returns of what a project had left that you confirmed"),
        export=("created_at", "campaign", "amount_minor", "currency", "state"),
        withhold={"shares": "who else gets money back", "reason": "written by who proposed it"},
    ),
]

personal_data.register(*OURS)
non_personal.register(
    NonPersonal("payouts.Payout", ("failure",), "a bank's answer about an organisation's account"),
    NonPersonal("payouts.Hold", ("reason",), "why a project's money waits"),
)
