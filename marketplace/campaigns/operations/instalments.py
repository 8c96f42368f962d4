"""Monthly pledges after the campaign succeeded: one charge a month, by the saved way to pay."""

import calendar
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import row_steps
from civic.core.errors import Conflict
from civic.core.policies import require
from civic.core.states import lock, transition
from marketplace.campaigns import locking
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.operations import pledge_payments, postings
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import CampaignState, InstalmentState, PledgeState
from marketplace.payments import operations as payments
from marketplace.payments.models import Charge
from marketplace.payments.queries import charges
from marketplace.payments.states import OVER as CHARGE_OVER
from projects.proposals.states import ProjectState

# A month whose payment needs the person is given up after these days; two in a row end the pledge.
PATIENCE = timedelta(days=14)
# Nobody pays on for these.
OVER = [ProjectState.CANCELLED, ProjectState.FAILED]


def begin_due(*, at: datetime, limit: int = 200) -> int:
    """Monthly pledges of campaigns that succeeded go on: their months are written down; returns how many."""
    due = Pledge.objects.filter(
        frequency=Pledge.Frequency.MONTHLY,
        state=PledgeState.COLLECTED,
        campaign__state=CampaignState.SUCCEEDED,
    ).exclude(campaign__project__state__in=OVER)
    rows = due.order_by("pk")
    return row_steps.each("pledges to go on", rows, lambda pledge: _begin(pledge, at), at=at, limit=limit)


def _begin(pledge: Pledge, at: datetime) -> bool:
    with transaction.atomic():
        current = locking.lock_pledge(pledge)
        # The project's end locks the pledge, too: read after it, its state is the last one.
        over = Campaign.objects.filter(pk=current.campaign_id, project__state__in=OVER).exists()
        if over or current.state != PledgeState.COLLECTED or current.collected_at is None:
            return False
        first = timezone.localdate(current.collected_at)
        Instalment.objects.bulk_create(
            [
                Instalment(
                    pledge=current, number=number, due_on=month_after(first, number - 1), state_since=at
                )
                for number in range(2, current.months + 1)
            ],
            ignore_conflicts=True,
        )
        transition(current, "continue", actor=None, at=at)
    return True


def month_after(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def collect_due(*, at: datetime, limit: int = 200) -> int:
    """Charges the months that are due; returns how many. The rest waits for the next call."""
    due = Instalment.objects.filter(
        state=InstalmentState.DUE,
        due_on__lte=timezone.localdate(at),
        pledge__state__in=[PledgeState.ACTIVE, PledgeState.PAST_DUE],
    )
    rows = due.order_by("due_on", "pk")
    return row_steps.each("months to be charged", rows, lambda one: _collect(one, at), at=at, limit=limit)


def _collect(instalment: Instalment, at: datetime) -> bool:
    with transaction.atomic():
        pledge = locking.lock_pledge_of(instalment)
        if pledge.state not in (PledgeState.ACTIVE, PledgeState.PAST_DUE):
            return False
        if not lock(instalment).can("collect") or instalment.state != InstalmentState.DUE:
            return False
        # Nothing is left of the first payment: the pledge ends once that is heard, and nobody is charged until then.
        if charges.is_gone(pledge.purpose):
            return False
        transition(instalment, "collect", actor=None, at=at)
        pledge_payments.start_charge(pledge, at, month=instalment, method=pledge.method)
    return True


def sync(instalment: Instalment, at: datetime) -> None:
    """Brings a month to where payments say it stands: paid, or waiting for its person. Idempotent."""
    with transaction.atomic():
        campaign = locking.lock_exclusive(instalment.pledge.campaign)
        pledge = locking.lock_pledge_of(instalment)
        pledge.campaign = campaign
        lock(instalment)
        paid = charges.paid_charge(instalment.purpose)
        if paid and charges.is_here(paid):
            _paid(instalment, pledge, campaign, paid, at)
        elif not paid and not charges.charge_for(instalment.purpose):
            ask_payer(instalment, pledge, at)


def _paid(instalment: Instalment, pledge: Pledge, campaign: Campaign, paid: Charge, at: datetime) -> None:
    if campaign.project.state in OVER and instalment.state != InstalmentState.COLLECTED:
        pledge_payments.give_back(instalment, paid, reason="its project is over", at=at)
        return
    if not instalment.can("succeed"):
        return
    transition(instalment, "succeed", actor=None, at=at)
    postings.balance_held(campaign, at)
    behind = pledge.instalments.filter(state__in=[InstalmentState.NEEDS_PAYER, InstalmentState.COLLECTING])
    if pledge.state == PledgeState.PAST_DUE and not behind.exists():
        transition(pledge, "activate", actor=None, at=at)
    end_if_over(pledge, at)


def ask_payer(instalment: Instalment, pledge: Pledge, at: datetime) -> None:
    """The charge did not go through: the month needs its person, and the pledge is behind. Locked by the caller."""
    if instalment.state == InstalmentState.COLLECTING:
        transition(instalment, "ask_payer", actor=None, at=at)
        if pledge.can("fall_behind"):
            transition(pledge, "fall_behind", actor=None, at=at)


def miss_collected(instalment: Instalment, at: datetime) -> None:
    """A month whose money arrived and is gone since, even before anybody heard of it, is missed. Idempotent."""
    with transaction.atomic():
        campaign = locking.lock_exclusive(instalment.pledge.campaign)
        pledge = locking.lock_pledge_of(instalment)
        if lock(instalment).state in (InstalmentState.COLLECTING, InstalmentState.COLLECTED):
            _missed(instalment, pledge, at)
        recount(campaign, at)


def miss_due(*, at: datetime) -> int:
    """Gives up months whose person did nothing for two weeks; a pledge ends after two of them."""
    late = Instalment.objects.filter(state=InstalmentState.NEEDS_PAYER, state_since__lte=at - PATIENCE)
    return row_steps.each("months to be missed", late.order_by("pk"), lambda one: _miss(one, at), at=at)


def _miss(instalment: Instalment, at: datetime) -> bool:
    with transaction.atomic():
        pledge = locking.lock_pledge_of(instalment)
        if lock(instalment).state != InstalmentState.NEEDS_PAYER:
            return False
        if (found := charges.charge_for(instalment.purpose)) is not None:
            payments.cancel_charge(actor=None, charge=found, at=at)
        _missed(instalment, pledge, at)
    return True


def _missed(instalment: Instalment, pledge: Pledge, at: datetime) -> None:
    transition(instalment, "miss", actor=None, at=at)
    # In a row, whichever of them was missed last: a month that was paid may be lost in a dispute afterwards.
    neighbours = [instalment.number - 1, instalment.number + 1]
    if pledge.instalments.filter(state=InstalmentState.MISSED, number__in=neighbours).exists():
        end(pledge, at)
    end_if_over(pledge, at)


def end(pledge: Pledge, at: datetime) -> None:
    """Nothing more is charged. Locked by the caller."""
    for one in pledge.instalments.filter(state=InstalmentState.DUE):
        transition(one, "end", actor=None, at=at)
    if pledge.can("end"):
        transition(pledge, "end", actor=None, at=at)


def stop(pledge: Pledge, at: datetime) -> None:
    """Ends a pledge together with what is under way of its months. Campaign and pledge are locked by the caller."""
    for one in pledge.instalments.filter(state__in=[InstalmentState.COLLECTING, InstalmentState.NEEDS_PAYER]):
        one.pledge = pledge
        found = charges.charge_for(one.purpose)
        if found and found.state not in CHARGE_OVER:
            payments.cancel_charge(actor=None, charge=found, at=at)
        transition(one, "miss", actor=None, at=at, reason="its project is over")
    end(pledge, at)


def end_if_over(pledge: Pledge, at: datetime) -> None:
    """The last month is behind: the pledge ends. Locked by the caller."""
    waiting = [InstalmentState.DUE, InstalmentState.COLLECTING, InstalmentState.NEEDS_PAYER]
    if not pledge.instalments.filter(state__in=waiting).exists():
        end(pledge, at)


def pay_now(*, actor: Person, pledge: Pledge, at: datetime) -> Charge:
    """The payment of the first month that needs its person: the one under way, or a new one.

    Raises Forbidden, Conflict where no month does.
    """
    require(actor, "pay", pledge)
    with transaction.atomic():
        current = locking.lock_pledge(pledge)
        late = current.instalments.filter(state=InstalmentState.NEEDS_PAYER).order_by("number").first()
        # A pledge that ended leaves the months behind that nobody paid; they are not asked for any more.
        if late is None or current.state == PledgeState.ENDED:
            raise Conflict(_("No month waits for you."))
        existing = charges.charge_for(late.purpose)
        return existing or pledge_payments.start_charge(current, at, month=late, payer=actor)
