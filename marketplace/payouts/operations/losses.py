"""What lost disputes have cost the city after a campaign's money was gone, and what of it the campaign has borne."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, Sum

from marketplace.campaigns import accounts
from marketplace.campaigns.locking import lock_exclusive
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations.postings import balance_held
from marketplace.invoicing.models import Invoice, InvoicePaymentReversal
from marketplace.invoicing.operations.postings import BORNE, make_good
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account, Entry, Posting
from marketplace.matching.operations import postings
from marketplace.matching.operations.matching import take_back_later
from marketplace.payments import accounts as payments
from marketplace.payments.models import Charge, Claim, Dispute


def unborne(charge: Charge) -> int:
    """What disputes of a backer's payment, and refunds of it that have gone after all, still cost the city.

    In minor units; not what was refunded before and never was the campaign's: the payer owes that.
    """
    refunds = [f"refund.taken_back:{key}" for key in charge.refunds.values_list("pk", flat=True)]
    of_it = Q(entry__key__startswith=f"dispute:{charge.pk}:") | Q(entry__key__in=refunds)
    lost = payments.losses(charge.book, charge.currency)
    cost = Posting.objects.filter(of_it, account=lost).aggregate(of=Sum("amount", default=0))["of"]
    claimed = Claim.objects.filter(dispute__charge=charge).aggregate(of=Sum("amount_minor", default=0))["of"]
    return max(0, int(cost) - claimed)


def bear(charge: Charge, campaign: Campaign, most: int, key: str, at: datetime) -> None:
    """Takes so much of it at most, in minor units, out of what is left of the campaign's money; once a key."""
    source = accounts.of_campaign(campaign, "committed")
    bear_from(source, charge, most, key=key, at=at, public={"campaign": str(campaign.pk)})


def bear_from(
    source: Account, charge: Charge, most: int, *, key: str, at: datetime, public: dict[str, str]
) -> None:
    """Takes so much of it at most, in minor units, out of what is left on an account; once a key."""
    if Entry.objects.filter(book=charge.book, key=key).exists():
        return
    postings.shift(
        max(0, min(most, unborne(charge), ledger.available(source).minor)),
        source=source,
        target=payments.losses(charge.book, charge.currency),
        kind=BORNE,
        key=key,
        at=at,
        public=public,
    )


def money_came(campaign: Campaign, at: datetime) -> None:
    """What is the campaign's now bears first what was lost before, as if it had been there for that.

    Then funds get what could not be taken back of their match when the gift was lost. Paid out beside it, more would
    leave than was collected and stands. Asked where a payout came back or was not sent, a dispute was decided, a
    payment is new, and before anything leaves: of what has come, nobody may have heard yet. Idempotent.
    """
    with transaction.atomic():
        current = lock_exclusive(campaign)
        # Whoever hears of it first: what is in dispute is held, and the rest the campaign's, before it bears anything.
        balance_held(current, at)
        _bear_all(current, at)
        # After the loss itself, as where the money is there when the gift is lost.
        take_back_later(current, at)


def _bear_all(campaign: Campaign, at: datetime) -> None:
    lost = Dispute.objects.filter(lost_minor__gt=0, charge__account__startswith=f"campaign/{campaign.pk}/")
    for charge in Charge.objects.filter(pk__in=lost.values("charge")).order_by("pk"):
        bear(charge, campaign, charge.amount_minor, _next(charge.book, f"dispute:{charge.pk}"), at)
    source = accounts.of_campaign(campaign, "committed")
    owed_again = InvoicePaymentReversal.objects.filter(payment__invoice__sponsorship__campaign=campaign)
    for invoice in Invoice.objects.filter(pk__in=owed_again.values("payment__invoice")).order_by("pk"):
        make_good(invoice, source, key=_next(invoice.book, f"invoice:{invoice.number}"), at=at)


def _next(book: str, whose: str) -> str:
    """The key of the next entry by which money that came later bears this loss."""
    before = Entry.objects.filter(book=book, key__startswith=f"{whose}:borne:later:").count()
    return f"{whose}:borne:later:{before + 1}"
