"""The clock's part of data needs. Each step is a transaction of its own: a killed worker loses none."""

from datetime import timedelta

from celery import shared_task
from django.db.models import F, Q
from django.utils.timezone import localdate

from civic.core import clock, row_steps
from marketplace.exchange.conditions import UNANSWERED
from marketplace.exchange.models import BountyGift, DataNeed
from marketplace.exchange.operations.gifts import expire_gift
from marketplace.exchange.operations.needs import lapse_need, remind_of_answer
from marketplace.exchange.states import GiftState, NeedState

# Longer than a transfer between banks, or a card that is asked for again, ever takes.
UNFINISHED = timedelta(days=14)


@shared_task
def end_needs() -> int:
    """Ends needs whose last day is over, asks no more for gifts that nobody finished, tells what waits; hourly."""
    at = clock.now()
    past = Q(state__in=[before for verb, before in DataNeed.TRANSITIONS if verb == "lapse"])
    due = DataNeed.objects.filter(past, deadline__lt=localdate(at)).order_by("deadline", "pk")
    done = row_steps.each("needs to lapse", due, lambda need: lapse_need(need=need, at=at), at=at, limit=500)
    waits = DataNeed.objects.filter(state=NeedState.DELIVERED, state_since__lte=at - UNANSWERED)
    waits = waits.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("state_since"))).order_by("pk")
    row_steps.each(
        "needs to be answered", waits, lambda need: remind_of_answer(need=need, at=at), at=at, limit=500
    )
    old = BountyGift.objects.filter(state=GiftState.STARTED, state_since__lte=at - UNFINISHED)
    late = old.select_related("need").order_by("state_since", "pk")
    row_steps.each("gifts to expire", late, lambda gift: expire_gift(gift=gift, at=at), at=at, limit=500)
    return done
