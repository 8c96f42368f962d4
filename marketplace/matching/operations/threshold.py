"""A sum once enough people give: set aside when a campaign is enrolled, guaranteed once they are there."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from civic.core import events
from civic.core.errors import Conflict
from civic.core.states import transition
from marketplace.campaigns.models import Pledge
from marketplace.ledger import operations as ledger
from marketplace.matching import accounts
from marketplace.matching.models import Allocation
from marketplace.matching.operations import postings
from marketplace.matching.operations.ratio import take_back, write
from marketplace.matching.queries.eligibility import counting

# Each backer's pledges.
Groups = list[list[str]]


def set_aside(allocation: Allocation, at: datetime) -> None:
    """Reserves the sum for a campaign that was just enrolled. Raises Conflict where the fund has less."""
    fund, sum_minor = allocation.fund, allocation.fund.threshold_minor or 0
    if ledger.available(accounts.of_fund(fund, "available")).minor < sum_minor:
        raise Conflict(_("Less than the promised sum is free in this fund. Pay more in first."))
    write(allocation, amount=0, set_aside=sum_minor, estimated=sum_minor)
    way, key = ("available", "reserved"), f"match:{allocation.pk}"
    postings.within_fund(fund, sum_minor, way, kind="match.reserved", key=key, at=at)
    transition(allocation, "reserve", actor=None, at=at, payload={"minor": sum_minor})


def match(allocation: Allocation, at: datetime) -> None:
    """Unlocks the sum once enough people back the campaign, and locks it again when too few are left.

    After the fund's last day nothing more is unlocked. Locked by the caller.
    """
    fund, sum_minor = allocation.fund, allocation.set_aside_minor
    guaranteed = bool(allocation.amount_minor)
    # Whoever counted and erased the account since cannot be asked again, and is a backer still.
    counted = _now(allocation, at) + (_kept(allocation, erased=True) if guaranteed else [])
    reached = len(counted) >= (fund.threshold_backers or 0)
    if (reached and (guaranteed or at < fund.freezes_at)) and counted != allocation.counted:
        allocation.counted = counted
        Allocation.objects.filter(pk=allocation.pk).update(counted=counted)
    if reached == guaranteed or (reached and at >= fund.freezes_at):
        return
    write(
        allocation,
        amount=sum_minor if reached else 0,
        set_aside=sum_minor,
        estimated=0 if reached else sum_minor,
    )
    verb = "allocation.unlocked" if reached else "allocation.locked"
    events.record(verb, actor=None, subject=allocation, at=at, payload={"minor": sum_minor})


def reduce(allocation: Allocation, at: datetime) -> None:
    """Takes the sum back once fewer of those who counted than it needs have money in the campaign that succeeded.

    Whether they are residents still is not asked again, and money that the payer's bank holds counts until it is lost.
    Locked by the caller.
    """
    if minor := owed_back(allocation):
        take_back(allocation, minor, at)


def owed_back(allocation: Allocation) -> int:
    """The sum, in minor units, once fewer than it needs of those who counted have money in the campaign; else 0."""
    left = len(_kept(allocation, erased=False))
    return allocation.amount_minor if left < (allocation.fund.threshold_backers or 0) else 0


def backers(allocation: Allocation, at: datetime) -> int:
    """How many people count: one however often they gave."""
    found = counting(allocation.campaign, allocation.fund, at)
    return found.order_by().values("person").distinct().count()


def _now(allocation: Allocation, at: datetime) -> Groups:
    """The pledges of each backer who counts at this moment, in the order of their first."""
    found = counting(allocation.campaign, allocation.fund, at).order_by("pk").values_list("person", "pk")
    groups: dict[object, list[str]] = {}
    for person, pledge in found:
        groups.setdefault(person, []).append(str(pledge))
    return list(groups.values())


def _kept(allocation: Allocation, *, erased: bool) -> Groups:
    """Those who counted and have a gift that stands, or waits for the payer's bank; `erased`: without an account."""
    groups: Groups = allocation.counted or []
    there = F("figures__standing") if erased else F("figures__standing") + F("figures__disputed")
    pledges = Pledge.objects.filter(pk__in=[pledge for group in groups for pledge in group])
    pledges = pledges.annotate(there=there).filter(there__gte=allocation.fund.gift_min_minor)
    if erased:
        pledges = pledges.filter(person=None)
    known = {str(pledge) for pledge in pledges.values_list("pk", flat=True)}
    return [group for group in groups if known.intersection(group)]
