"""States of campaigns, pledges and their monthly instalments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class CampaignState(TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    COLLECTING = "collecting", _("collecting the money")
    SUCCEEDED = "succeeded", _("succeeded")
    MISSED = "missed", _("missed its goal")
    CANCELLED = "cancelled", _("cancelled")


CAMPAIGN: Transitions = {
    ("open", CampaignState.DRAFT): CampaignState.OPEN,
    ("cancel", CampaignState.DRAFT): CampaignState.CANCELLED,
    ("cancel", CampaignState.OPEN): CampaignState.CANCELLED,
    ("cancel", CampaignState.COLLECTING): CampaignState.CANCELLED,
    # At the deadline, under one lock: enough promised, or not.
    ("collect", CampaignState.OPEN): CampaignState.COLLECTING,
    ("miss", CampaignState.OPEN): CampaignState.MISSED,
    # After collection and its grace: enough collected and firm, or everyone is refunded.
    ("succeed", CampaignState.COLLECTING): CampaignState.SUCCEEDED,
    ("miss", CampaignState.COLLECTING): CampaignState.MISSED,
}


LIVE_CAMPAIGN = [CampaignState.DRAFT, CampaignState.OPEN, CampaignState.COLLECTING]


class PledgeState(TextChoices):
    STARTED = "started", _("started")
    AWAITING_METHOD = "awaiting_method", _("waiting for a way to pay")
    ACTIVE = "active", _("active")
    COLLECTING = "collecting", _("being collected")
    NEEDS_PAYER = "needs_payer", _("needs you")
    COLLECTED = "collected", _("collected")
    DROPPED = "dropped", _("dropped")
    CANCELLED = "cancelled", _("cancelled")
    CAMPAIGN_FAILED = "campaign_failed", _("goal missed")
    PAST_DUE = "past_due", _("payment overdue")
    ENDED = "ended", _("ended")


PLEDGE: Transitions = {
    ("ask_method", PledgeState.STARTED): PledgeState.AWAITING_METHOD,
    ("activate", PledgeState.STARTED): PledgeState.ACTIVE,
    ("activate", PledgeState.AWAITING_METHOD): PledgeState.ACTIVE,
    ("activate", PledgeState.PAST_DUE): PledgeState.ACTIVE,
    ("collect", PledgeState.ACTIVE): PledgeState.COLLECTING,
    ("collect", PledgeState.NEEDS_PAYER): PledgeState.COLLECTING,
    ("succeed", PledgeState.COLLECTING): PledgeState.COLLECTED,
    ("succeed", PledgeState.NEEDS_PAYER): PledgeState.COLLECTED,
    ("ask_payer", PledgeState.COLLECTING): PledgeState.NEEDS_PAYER,
    ("drop", PledgeState.COLLECTING): PledgeState.DROPPED,
    ("drop", PledgeState.NEEDS_PAYER): PledgeState.DROPPED,
    ("cancel", PledgeState.STARTED): PledgeState.CANCELLED,
    ("cancel", PledgeState.AWAITING_METHOD): PledgeState.CANCELLED,
    ("cancel", PledgeState.ACTIVE): PledgeState.CANCELLED,
    # A first month that did not go through, while the campaign is open.
    ("cancel", PledgeState.NEEDS_PAYER): PledgeState.CANCELLED,
    # Paid early (a bank transfer) and taken back before the campaign closes: it is refunded.
    ("cancel", PledgeState.COLLECTED): PledgeState.CANCELLED,
    # A bank transfer, or a gift to a campaign that keeps what it raises, is paid before the close.
    ("succeed", PledgeState.AWAITING_METHOD): PledgeState.COLLECTED,
    ("succeed", PledgeState.ACTIVE): PledgeState.COLLECTED,
    **{
        ("campaign_fail", state): PledgeState.CAMPAIGN_FAILED
        for state in (
            PledgeState.STARTED,
            PledgeState.AWAITING_METHOD,
            PledgeState.ACTIVE,
            PledgeState.COLLECTING,
            PledgeState.NEEDS_PAYER,
            PledgeState.COLLECTED,
        )
    },
    # Money that arrives after the grace, for a campaign that succeeded; and money lost in a dispute.
    ("succeed", PledgeState.DROPPED): PledgeState.COLLECTED,
    ("drop", PledgeState.COLLECTED): PledgeState.DROPPED,
    # Monthly pledges go on once the campaign succeeded: a month that is not paid, and the end.
    ("continue", PledgeState.COLLECTED): PledgeState.ACTIVE,
    ("fall_behind", PledgeState.ACTIVE): PledgeState.PAST_DUE,
    ("end", PledgeState.ACTIVE): PledgeState.ENDED,
    ("end", PledgeState.PAST_DUE): PledgeState.ENDED,
}
# Why a pledge that was paid is dropped, as the note of its step has it.
GIVEN_BACK, LOST, TAKEN_BACK = "given back", "lost in a dispute", "taken back by the bank"
NOT_ENDED = [state for verb, state in PLEDGE if verb == "campaign_fail"]


# Promised and not collected; and what takes a place under the cap.
PROMISED = [PledgeState.ACTIVE, PledgeState.COLLECTING, PledgeState.NEEDS_PAYER]
TAKES_PLACE = [
    PledgeState.STARTED,
    PledgeState.AWAITING_METHOD,
    *PROMISED,
    PledgeState.COLLECTED,
    PledgeState.PAST_DUE,
]


# Nothing was given and nothing can be any more, or all of it went back. What is begun may become a gift.
NO_GIFT = [PledgeState.CANCELLED, PledgeState.CAMPAIGN_FAILED]
# Whose first payment is certain.
PAID_ONCE = [PledgeState.COLLECTED, PledgeState.PAST_DUE, PledgeState.ENDED]
# Somebody waits for something: the account of the person can't be erased meanwhile.
PLEDGE_UNDER_WAY = [PledgeState.STARTED, PledgeState.AWAITING_METHOD, *PROMISED, PledgeState.PAST_DUE]


class InstalmentState(TextChoices):
    DUE = "due", _("due")
    COLLECTING = "collecting", _("being collected")
    NEEDS_PAYER = "needs_payer", _("needs you")
    COLLECTED = "collected", _("collected")
    MISSED = "missed", _("not paid")
    ENDED = "ended", _("ended")


INSTALMENT: Transitions = {
    ("collect", InstalmentState.DUE): InstalmentState.COLLECTING,
    ("collect", InstalmentState.NEEDS_PAYER): InstalmentState.COLLECTING,
    ("ask_payer", InstalmentState.COLLECTING): InstalmentState.NEEDS_PAYER,
    ("succeed", InstalmentState.COLLECTING): InstalmentState.COLLECTED,
    ("succeed", InstalmentState.NEEDS_PAYER): InstalmentState.COLLECTED,
    ("miss", InstalmentState.COLLECTING): InstalmentState.MISSED,
    ("miss", InstalmentState.NEEDS_PAYER): InstalmentState.MISSED,
    # Paid once, and lost in a dispute or given back since.
    ("miss", InstalmentState.COLLECTED): InstalmentState.MISSED,
    ("end", InstalmentState.DUE): InstalmentState.ENDED,
}
