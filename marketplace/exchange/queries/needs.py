"""Reads over needs, their bounties and what is delivered; money comes from the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from civic.core.models import Event
from civic.core.money import Money
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed, Delivery, GiftStanding, Offer
from marketplace.exchange.states import (
    LIVE_GIFT,
    RUNNING,
    BountyPayoutState,
    GiftState,
    NeedState,
    OfferState,
)  # fmt: skip
from marketplace.ledger import queries as ledger
from marketplace.payments.models import Charge
from marketplace.payments.purposes import Purpose
from marketplace.payments.states import OVER

FILTERS = {"open": RUNNING, "paid": [NeedState.PAID]}


@dataclass(frozen=True)
class Bounty:
    """What a bounty holds by the ledger, what of that its givers' banks look into, and what it has paid."""

    held: Money
    disputed: Money
    paid: Money

    @property
    def counts(self) -> Money:
        """What would be paid now."""
        return max(self.held - self.disputed, Money(0, self.held.currency))


def board(actor: Any, which: str = "") -> QuerySet[DataNeed]:
    """The needs that somebody may see, newest first; drafts stand with their project."""
    found = DataNeed.objects.visible_to(actor).exclude(state=NeedState.DRAFT)
    found = found.filter(opened_at__isnull=False).select_related("project", "area")
    return found.filter(state__in=FILTERS[which]) if which in FILTERS else found


def held_by(needs: Iterable[DataNeed]) -> dict[UUID, Money]:
    """What the ledger holds for each: one statement a book."""
    known = list(needs)
    found = {need.pk: need.money(0) for need in known}
    for book in {need.book for need in known}:
        codes = {need.account: need for need in known if need.book == book}
        for code, sums in ledger.balances(book, codes).items():
            # A need is of one currency, and so is its account.
            found[codes[code].pk] = sums[0]
    return found


def paid_by(needs: Iterable[DataNeed]) -> dict[UUID, Money]:
    """What each has paid to who delivered: one statement."""
    found = {need.pk: need.money(0) for need in needs}
    out = BountyPayout.objects.filter(need__in=list(found), state=BountyPayoutState.SETTLED)
    paid = {one.need_id: one.amount for one in out}
    return found | paid


def bounty_of(need: DataNeed) -> Bounty:
    """What one bounty holds."""
    disputed = GiftStanding.objects.filter(need=need).aggregate(sum=Sum("disputed", default=0))["sum"]
    held = held_by([need])[need.pk]
    return Bounty(held, min(need.money(int(disputed)), held), paid_by([need])[need.pk])


def firm(need: DataNeed) -> Money:
    """What of its gifts is there, by the payments: what is paid out."""
    return need.money(
        int(GiftStanding.objects.filter(need=need).aggregate(sum=Sum("firm", default=0))["sum"])
    )


def givers(need: DataNeed) -> tuple[list[str], int]:
    """Names of who gave and is there still, each once, and how many gave without one."""
    paid = BountyGift.objects.filter(need=need, state=GiftState.PAID)
    named: dict[str, None] = {}
    nameless: set[Any] = set()
    for gift in paid.select_related("person", "organisation"):
        if gift.giver:
            named[gift.giver] = None
        else:
            # Of one who was erased nobody knows any more how many gifts were theirs.
            nameless.add(gift.person_id or gift.pk)
    return list(named), len(nameless)


def offers_of(need: DataNeed) -> QuerySet[Offer]:
    """All offers but those that were taken back, in their order."""
    found = Offer.objects.filter(need=need).exclude(state=OfferState.WITHDRAWN)
    return found.select_related("organisation", "dataset")


def deliveries_of(need: DataNeed) -> QuerySet[Delivery]:
    """What was delivered, newest first."""
    found = Delivery.objects.filter(offer__need=need).order_by("-delivered_at", "-pk")
    return found.select_related("revision__dataset", "offer__organisation", "offer__need")


def waiting_delivery(need: DataNeed) -> Delivery | None:
    """The one that waits for an answer."""
    return deliveries_of(need).filter(answer="").first()


def history(need: DataNeed) -> QuerySet[Event]:
    """What happened to it, oldest first."""
    offers = [str(key) for key in Offer.objects.filter(need=need).values_list("pk", flat=True)]
    of_it = Q(subject_type="exchange.DataNeed", subject_id=str(need.pk))
    of_offers = Q(subject_type="exchange.Offer", subject_id__in=offers)
    return Event.objects.filter(of_it | of_offers).order_by("seq")


def mine(person: Any) -> QuerySet[BountyGift]:
    """What somebody gave or is about to give."""
    found = BountyGift.objects.filter(person=person).select_related("need__project", "organisation")
    return found.order_by("-created_at")


def unfinished(person: Any, need: DataNeed) -> list[BountyGift]:
    """The person's own gifts to it that are not paid yet, each with the payment that waits for them."""
    own = BountyGift.objects.filter(need=need, person_id=person.pk, state=GiftState.STARTED)
    return with_payments(list(own.order_by("created_at")))


def with_payments(gifts: list[BountyGift]) -> list[BountyGift]:
    """Gifts, those that are not paid yet with the way back to their payment (`charge`): one statement."""
    open_ones = [gift.purpose for gift in gifts if gift.state == GiftState.STARTED]
    found = Charge.objects.filter(purpose__in=open_ones).exclude(state__in=OVER)
    charges = dict(found.values_list("purpose", "pk"))
    for gift in gifts:
        gift.charge = charges.get(gift.purpose)
    return gifts


def is_nameless(person: Any, need: DataNeed) -> bool | None:
    """Whether the person's gifts to it are anonymous so far; None without one."""
    own = BountyGift.objects.filter(need=need, person=person, organisation=None, state__in=LIVE_GIFT)
    return own.values_list("anonymous", flat=True).first()


def purposes(keys: list[str]) -> dict[str, Purpose]:
    """What the payments of gifts are for, in words."""
    gifts = BountyGift.objects.filter(pk__in=keys).select_related("need")
    return {str(gift.pk): Purpose(gift.need.title, gift.get_absolute_url()) for gift in gifts}


def payout_purposes(keys: list[str]) -> dict[str, Purpose]:
    """What transfers of bounties are for, in words."""
    found = DataNeed.objects.filter(payout__in={key.partition(":")[0] for key in keys})
    words = {str(need.payout.pk): Purpose(need.title, need.get_absolute_url()) for need in found}
    return {key: words[key.partition(":")[0]] for key in keys if key.partition(":")[0] in words}
