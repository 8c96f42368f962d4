"""Transfers tell what became of a bounty's payout; givers, teams and organisations hear of each step. Idempotent."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import Message, notify
from datasets.catalogue.models.dataset import writers_of
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed, Delivery, Offer
from marketplace.exchange.notification_types import TO_GIVER, TO_GIVERS, TO_OFFERER, TO_TEAM
from marketplace.exchange.operations.payouts import settle_transfer
from marketplace.exchange.states import GiftState, NeedState, OfferState
from marketplace.payments.models import Transfer
from marketplace.payouts.queries import usable_details_of
from projects.proposals.roles import team_of

TRANSFER_STEPS = {"transfer.settled": "settle", "transfer.failed": "fail", "transfer.reversed": "reverse"}
ROWS: dict[str, type[Any]] = {
    "exchange.DataNeed": DataNeed,
    "exchange.Offer": Offer,
    "exchange.Delivery": Delivery,
    "exchange.BountyPayout": BountyPayout,
}


@events.handler(*TRANSFER_STEPS)
def on_transfer(event: Event) -> None:
    """Moves the payout to where its transfer stands, and its need with it."""
    transfer = Transfer.objects.filter(pk=event.subject_id).first()
    if transfer and transfer.purpose.startswith("bounty-payout:"):
        settle_transfer(transfer.purpose, TRANSFER_STEPS[event.kind], event.at, transfer.failure)


@events.handler(*TO_GIVER)
def on_gift(event: Event) -> None:
    """Tells who gave."""
    for gift in BountyGift.objects.select_related("need").filter(pk=event.subject_id, person__isnull=False):
        params = {"amount": gift.amount.format()}
        message = Message(event.kind, gift.need.title, gift.get_absolute_url(), params=params)
        notify(people={gift.person_id} if gift.person_id else set(), message=message, event=event)


@events.handler(*TO_GIVERS)
def on_need_moved(event: Event) -> None:
    """Tells everybody whose money lay in it then, with the reason where there is one."""
    if need := _need_of(event):
        # By the time of this handler it may have gone back already, by what is told here.
        there = Q(state=GiftState.PAID) | Q(state=GiftState.RETURNED, state_since__gte=event.at)
        gave = BountyGift.objects.filter(there, need=need, person__isnull=False)
        _tell(set(gave.values_list("person", flat=True)), event, need)


@events.handler(*[kind.removesuffix("_team") for kind in TO_TEAM])
def on_offer(event: Event) -> None:
    """Tells the team, of an end in other words than who gave."""
    kind = f"{event.kind}_team" if f"{event.kind}_team" in TO_TEAM else event.kind
    if need := _need_of(event):
        _tell(team_of(need.project), event, need, kind=kind)


@events.handler(*TO_OFFERER)
def on_answer(event: Event) -> None:
    """Tells who acts for the organisation, with the reason where there is one."""
    found = ROWS[event.subject_type].objects.filter(pk=event.subject_id).first()
    offer = found if isinstance(found, Offer) else getattr(found, "offer", None)
    if offer and not _is_named(event, offer):
        amount = found.amount.format() if isinstance(found, BountyPayout) else ""
        _tell(writers_of(offer.organisation_id), event, offer.need, amount)


@events.handler("data_need.reminded")
def on_unanswered(event: Event) -> None:
    """Tells the team and the city's data stewards, who may answer in its place from now on."""
    if need := _need_of(event):
        stewards = Person.objects.filter(groups__name=groups.DATA_STEWARDS, is_staff=True, is_active=True)
        _tell(team_of(need.project) | set(stewards.values_list("pk", flat=True)), event, need)


@events.handler("organisation.suspended", "organisation.closed")
def on_chosen_gone(event: Event) -> None:
    """Tells the teams that have chosen what it offers: it delivers nothing while nobody acts for it."""
    chosen = Offer.objects.filter(organisation=UUID(event.subject_id), state=OfferState.AWARDED)
    for offer in chosen.filter(need__state=NeedState.AWARDED).select_related("need__project").order_by("pk"):
        need = offer.need
        # Without the city's reason: it is the organisation's.
        message = Message("data_offer.nobody_acts", need.title, need.get_absolute_url())
        notify(people=team_of(need.project), message=message, event=event)


def _is_named(event: Event, offer: Offer) -> bool:
    """Whether it asks for a bank account of an organisation that can be paid already."""
    asks = event.kind == "bounty_payout.planned"
    return asks and usable_details_of(offer.organisation_id, event.at) is not None


def _need_of(event: Event) -> DataNeed | None:
    found = ROWS[event.subject_type].objects.filter(pk=event.subject_id).first()
    return found if isinstance(found, DataNeed) else getattr(found, "need", None)


def _tell(people: set[UUID], event: Event, need: DataNeed, amount: str = "", kind: str = "") -> None:
    params = {"amount": amount} if amount else {}
    # Of what was taken down its team reads the name that they gave it.
    topic = need.removed_title if event.kind == "data_need.taken_down" else need.title
    message = Message(kind or event.kind, topic, need.get_absolute_url(), params=params, detail=event.note)
    notify(people=people, message=message, event=event)
