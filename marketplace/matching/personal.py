"""What match funds hold of a person: whom they count, who challenged, who decided."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.accounts.privacy import (
    KEEP,
    NonPersonal,
    Personal,
    Text,
    closing_blockers,
    non_personal,
    personal_data,
)
from civic.core.registry import Hook
from marketplace.ledger.operations import available
from marketplace.matching.accounts import of_fund
from marketplace.matching.models import MatchFund
from marketplace.matching.states import FundReturnState, MatchFundState


def funds_hold_money(organisation: Organisation) -> Text | None:
    """A match fund is shared out, and its rest is back with its funder, first."""
    for fund in MatchFund.objects.filter(funder=organisation).order_by("pk"):
        waiting = fund.returns.filter(state__in=[FundReturnState.REQUESTED, FundReturnState.SENT])
        if fund.state != MatchFundState.CLOSED or waiting.exists() or available(of_fund(fund, "available")):
            text = _(
                "Its match fund “%(title)s” is not over, or holds money. Ask the city to return the rest."
            )
            return text % {"title": fund.title}
    return None


closing_blockers.register(Hook("funds-hold-money", funds_hold_money))
office = partial(
    Personal, erase=KEEP, reason=_("Who moved money stays on record by a random number."), council=True
)


OURS = [
    Personal(
        model="matching.Exclusion",
        person="person",
        title=_("Campaigns where your gifts are not matched"),
        export=("created_at", "campaign", "reason"),
    ),
    Personal(
        model="matching.Challenge",
        person="person",
        title=_("Your challenges of match funds"),
        export=("created_at", "fund", "text", "answer", "state", "state_since"),
        withhold={"token": "a number of the form"},
        anonymise={"person": None},
        reason=_("A challenge and its answer stay public, without your name."),
    ),
    office(
        model="matching.Challenge",
        person="answered_by",
        title=_("Challenges that you answered"),
        export=("created_at", "fund", "answer"),
    ),
    office(
        model="matching.MatchFund",
        person="made_by",
        title=_("Match funds that you set up"),
        export=("created_at", "title", "summary"),
    ),
    office(
        model="matching.FundReturn",
        person="requested_by",
        title=_("Returns to funders that you requested"),
        export=("created_at", "fund", "amount_minor", "holder", "destination"),
        withhold={"failure": "a bank's answer about an organisation's account"},
    ),
    office(
        model="matching.FundReturn",
        person="approved_by",
        title=_("Returns to funders that you approved"),
        export=("state_since", "fund", "amount_minor"),
    ),
    office(
        model="matching.Deposit",
        person="entered_by",
        title=_("Deposits that you entered"),
        export=("created_at", "fund", "amount_minor", "note"),
    ),
    office(
        model="matching.Deposit",
        person="confirmed_by",
        title=_("Deposits that you confirmed"),
        export=("confirmed_at", "fund", "amount_minor"),
    ),
]

personal_data.register(*OURS)
non_personal.register(
    NonPersonal(
        "matching.MatchFund",
        ("published_input", "frozen_pledges", "input_digest", "currency"),
        "pseudonyms that only the city's key resolves, and ids of pledges, which carry the person themselves",
    ),
    NonPersonal("matching.Allocation", ("counted",), "ids of pledges, which carry the person themselves"),
)
