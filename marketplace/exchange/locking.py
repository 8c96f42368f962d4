"""Locks of needs, their gifts and payouts; `marketplace.campaigns.locking` has the whole order."""

from collections.abc import Sequence

from civic.core.errors import NotFound
from civic.core.locking import lock_row, lock_rows
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed, Offer
from projects.proposals.models import Project


def lock_need(need: DataNeed) -> DataNeed:
    """The need as it stands now, with its project; nobody else has it until the transaction ends.

    Whoever gives to it, offers, answers or pays it waits for each other here: a gift is either in the bounty that is
    paid, or refused.
    """
    try:
        return lock_row(DataNeed.objects.select_related("project__organisation"), pk=need.pk)
    except DataNeed.DoesNotExist as error:
        raise NotFound from error


def lock_needs_of(project: Project) -> list[DataNeed]:
    """All needs of a project, by id."""
    return lock_rows(DataNeed.objects.filter(project=project).select_related("project__organisation"))


def lock_gifts(need: DataNeed, states: Sequence[str]) -> list[BountyGift]:
    """Its gifts in these states, by id; the need is locked already."""
    gifts = lock_rows(BountyGift.objects.filter(need=need, state__in=states))
    for gift in gifts:
        gift.need = need
    return gifts


def lock_with_need(wanted: BountyGift) -> BountyGift:
    """The gift as it stands now, its need locked before it."""
    need = lock_need(wanted.need)
    gift = lock_row(BountyGift.objects, pk=wanted.pk)
    gift.need = need
    return gift


def lock_offer(wanted: Offer) -> Offer:
    """The offer as it stands now, its need locked before it."""
    need = lock_need(wanted.need)
    offer = lock_row(Offer.objects.select_related("organisation", "dataset"), pk=wanted.pk)
    offer.need = need
    return offer


def lock_payout(wanted: BountyPayout) -> BountyPayout:
    """The payout as it stands now, its need locked before it.

    Gifts may be locked after it, or before it: nobody has either who has not their need.
    """
    need = lock_need(wanted.need)
    rows = BountyPayout.objects.select_related("offer__organisation", "offer__dataset", "details")
    payout = lock_row(rows, pk=wanted.pk)
    payout.need = need
    return payout
