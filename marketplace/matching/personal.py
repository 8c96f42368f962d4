"""What match funds hold of a person: whom they count, who challenged, who decided."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import KEEP, NonPersonal, Personal, non_personal, personal_data

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
    )
)
