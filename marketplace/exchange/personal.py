"""What is held of people who state needs, give to bounties, offer and answer."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation, Person
from civic.accounts.privacy import (
    KEEP,
    NonPersonal,
    Personal,
    Text,
    closing_blockers,
    erasure_blockers,
    non_personal,
    personal_data,
)
from civic.core.registry import Hook
from marketplace.exchange.models import BountyGift, BountyPayout, Offer
from marketplace.exchange.states import AT_REST, BountyPayoutState, GiftState, OfferState


def gifts_under_way(person: Person) -> Text | None:
    """A payment is finished, or has failed, before the account ends."""
    if BountyGift.objects.filter(person=person, state=GiftState.STARTED).exists():
        return _("A payment of yours to a bounty is under way. Wait until it has arrived, or has failed.")
    return None


def bounty_waits(organisation: Organisation) -> Text | None:
    """Whoever delivers, or waits for a bounty, does so as long as it is there."""
    waits = [*AT_REST, BountyPayoutState.REQUESTED, BountyPayoutState.SENT]
    owed = BountyPayout.objects.filter(offer__organisation=organisation, state__in=waits)
    live = Offer.objects.filter(organisation=organisation, state__in=[OfferState.MADE, OfferState.AWARDED])
    if owed.exists() or live.exclude(need__state__in=["accepted", "paid", "refunded"]).exists():
        return _(
            "It offers data that a project needs, or waits for a bounty. Take the offer back, or wait for it."
        )
    return None


closing_blockers.register(Hook("bounty-waits", bounty_waits))
erasure_blockers.register(Hook("bounty-gifts-under-way", gifts_under_way))
office = partial(
    Personal,
    model="exchange.BountyPayout",
    erase=KEEP,
    reason=_("Who moved money stays on record by a random number."),
    council=True,
    export=("created_at", "need", "amount_minor", "currency", "state"),
    withhold={"failure": "a bank's answer about an organisation's account"},
)
personal_data.register(
    Personal(
        model="exchange.BountyGift",
        person="person",
        title=_("What you gave to bounties"),
        export=(
            *("created_at", "need", "organisation", "amount_minor", "currency", "anonymous", "provider"),
            *("state", "state_since"),
        ),
        withhold={"token": "a number of the form"},
        anonymise={"person": None},
        reason=_("What was given stays in the books for as long as tax law asks, without your name."),
    ),
    Personal(
        model="exchange.DataNeed",
        person="author",
        title=_("Data needs that you wrote for a project"),
        export=("created_at", "project", "title", "description", "removed_words", "currency", "state"),
        withhold={"reason": "written by who withdrew it"},
        anonymise={"author": None},
        reason=_("What a project needs is the project's, without your name."),
    ),
    Personal(
        model="exchange.Offer",
        person="person",
        title=_("Data that you offered for an organisation"),
        export=(
            "created_at",
            "need",
            "organisation",
            "dataset",
            "kind",
            "valuation",
            "note",
            "removed_words",
            "state",
        ),
        anonymise={"person": None},
        reason=_("What an organisation offers is its own, without your name."),
    ),
    Personal(
        model="exchange.Delivery",
        person="answered_by",
        title=_("Deliveries of data that you answered"),
        export=("answered_at", "revision", "answer", "reason"),
        withhold={"checks": "what the delivered data has and lacks"},
        anonymise={"answered_by": None},
        reason=_("The answer stays with the delivery, without your name."),
    ),
    office(person="requested_by", title=_("Bounties whose payout you requested")),
    office(person="approved_by", title=_("Bounties whose payout you approved")),
    office(person="also_approved_by", title=_("Bounties whose payout you approved as the second")),
)
non_personal.register(
    NonPersonal("exchange.BountyPayout", ("failure",), "a bank's answer about an organisation's account"),
    NonPersonal(
        "exchange.DataNeed",
        ("title", "description", "columns", "reason", "removed_words"),
        "what data a project needs",
    ),
    NonPersonal("exchange.Offer", ("valuation", "note", "removed_words"), "what an organisation offers"),
    NonPersonal("exchange.Delivery", ("checks", "reason"), "whether data is what was asked for"),
)
