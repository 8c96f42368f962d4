"""What match funds and payouts hold of a person: whom they count, who challenged, who decided."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import BLANK, DELETE, KEEP, Personal, impersonal, register

ON_RECORD = _("Who moved money stays on record by a random number.")


def declare() -> None:
    """Registers everything of match funds, payouts and holds."""
    for entry in OURS:
        register(entry)
    impersonal("funding.MatchFund", "published_input", because="pseudonyms that only the city's key resolves")
    impersonal("funding.Payout", "failure", because="a bank's answer about an organisation's account")


OURS = [
    Personal(
        model="funding.Exclusion",
        person="person",
        title=_("Campaigns where your gifts are not matched"),
        export=("created_at", "campaign", "reason"),
        erase=DELETE,
    ),
    Personal(
        model="funding.Challenge",
        person="person",
        title=_("Your challenges of match funds"),
        export=("created_at", "fund", "text", "answer", "state", "state_since"),
        withhold={"token": "a number of the form"},
        erase=BLANK,
        blank={"person": None},
        reason=_("A challenge and its answer stay public, without your name."),
    ),
    Personal(
        model="funding.Challenge",
        person="answered_by",
        title=_("Challenges that you answered"),
        export=("created_at", "fund", "answer"),
        erase=KEEP,
        reason=ON_RECORD,
        council=True,
    ),
    Personal(
        model="funding.Deposit",
        person="entered_by",
        title=_("Deposits that you entered"),
        export=("created_at", "fund", "amount_minor", "note"),
        erase=KEEP,
        reason=ON_RECORD,
        council=True,
    ),
    Personal(
        model="funding.Deposit",
        person="confirmed_by",
        title=_("Deposits that you confirmed"),
        export=("confirmed_at", "fund", "amount_minor"),
        erase=KEEP,
        reason=ON_RECORD,
        council=True,
    ),
    Personal(
        model="funding.BankDetails",
        person="entered_by",
        title=_("Bank accounts that you entered for an organisation"),
        export=("created_at", "organisation", "holder", "destination", "usable_from"),
        withhold={"provider": "who sends the money"},
        erase=BLANK,
        blank={"entered_by": None},
        reason=_("Where an organisation is paid stays, without your name."),
    ),
    Personal(
        model="funding.Payout",
        person="requested_by",
        title=_("Payouts that you requested"),
        export=("created_at", "campaign", "amount_minor", "currency", "state"),
        withhold={"failure": "a bank's answer about an organisation's account"},
        erase=KEEP,
        reason=ON_RECORD,
        council=True,
    ),
    Personal(
        model="funding.Approval",
        person="person",
        title=_("Payouts that you approved"),
        export=("approved_at", "payout", "attempt"),
        erase=KEEP,
        reason=ON_RECORD,
        council=True,
    ),
]
