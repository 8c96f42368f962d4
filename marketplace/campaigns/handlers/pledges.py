"""What payments say about pledges, and what follows from it. At least once, idempotent."""

from collections.abc import Callable
from datetime import datetime

from civic.core import events
from civic.core.models import Event
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.operations import payment_events
from marketplace.campaigns.operations.totals import recount
from marketplace.payments.models import Charge
from marketplace.payments.queries.charges import key_after

ABOUT_PLEDGES: dict[str, Callable[[Pledge, datetime], None]] = {
    "charge.start": payment_events.started,
    "setup.start": payment_events.started,
    "setup.save": payment_events.moved,
    "charge.succeed": payment_events.moved,
    "charge.win": payment_events.moved,
    "charge.lose": payment_events.lost,
    "charge.fail": payment_events.stopped,
    "charge.ask_payer": payment_events.stopped,
    "refund.request": payment_events.refunded,
}
ABOUT_MONTHS: dict[str, Callable[[Instalment, datetime], None]] = {
    "charge.succeed": payment_events.month_moved,
    "charge.fail": payment_events.month_moved,
    "charge.ask_payer": payment_events.month_needs_payer,
}


@events.handler(*ABOUT_PLEDGES, "charge.dispute")
def on_payment(event: Event) -> None:
    """Takes news of a payment to the pledge or month that it is for; what is for others is not ours."""
    purpose = str(event.payload.get("purpose", ""))
    if key := key_after(purpose, "pledge"):
        _about_pledge(event, Pledge.objects.select_related("campaign").filter(pk=key).first())
    elif (key := key_after(purpose, "instalment")) and event.kind in ABOUT_MONTHS:
        instalment = Instalment.objects.select_related("pledge__campaign").filter(pk=key).first()
        if instalment:
            ABOUT_MONTHS[event.kind](instalment, event.at)


def _about_pledge(event: Event, pledge: Pledge | None) -> None:
    if pledge and event.kind == "charge.dispute":
        payment_events.disputed(pledge, Charge.objects.get(pk=event.subject_id), event.at)
    elif pledge:
        ABOUT_PLEDGES[event.kind](pledge, event.at)


CHANGES_TOTALS = [
    f"pledge.{verb}"
    for verb in (
        "activate",
        "change",
        "cancel",
        "collect",
        "succeed",
        "ask_payer",
        "drop",
        "campaign_fail",
        "continue",
        "fall_behind",
        "end",
    )
]


@events.handler(*CHANGES_TOTALS)
def on_pledge_changed(event: Event) -> None:
    """Counts its campaign anew."""
    campaign = Campaign.objects.filter(pk=event.payload.get("campaign")).first()
    if campaign:
        recount(campaign, event.at)
