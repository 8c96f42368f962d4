"""What payouts hold of a person: who entered, requested and approved."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import KEEP, NonPersonal, Personal, non_personal, personal_data

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
    NonPersonal("payouts.Payout", ("failure",), "a bank's answer about an organisation's account")
)
