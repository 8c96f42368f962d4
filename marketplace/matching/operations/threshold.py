"""A sum once enough people give: set aside when a campaign is enrolled, guaranteed once they are there."""

from datetime import datetime

from django.utils.translation import gettext as _

from civic.core import events
from civic.core.errors import Conflict
from civic.core.states import transition
from marketplace.ledger import operations as ledger
from marketplace.matching import accounts
from marketplace.matching.models import Allocation
from marketplace.matching.operations import postings
from marketplace.matching.operations.ratio import take_back, write
from marketplace.matching.queries.eligibility import counting, enough


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
    # Whoever unlocked it and erased the account since is a backer still; whether others were residents nobody knows.
    erased = _erased(allocation) if guaranteed else 0
    reached = backers(allocation, at) + erased >= (fund.threshold_backers or 0)
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
    """Takes the sum back once fewer than it needs have money in the campaign that succeeded. Locked by the caller.

    Who counted then is not asked again: whoever gave enough and has not got it back may have been one of them, also
    while the payer's bank holds it.
    """
    gifts = enough(allocation.campaign, allocation.fund, disputed=True)
    given = gifts.values_list("person", "pk")
    people = {person or pledge for person, pledge in given}
    if allocation.amount_minor and len(people) < (allocation.fund.threshold_backers or 0):
        take_back(allocation, allocation.amount_minor, at)


def backers(allocation: Allocation, at: datetime) -> int:
    """How many people count: one however often they gave."""
    found = counting(allocation.campaign, allocation.fund, at)
    return found.order_by().values("person").distinct().count()


def _erased(allocation: Allocation) -> int:
    return enough(allocation.campaign, allocation.fund).filter(person=None).count()
