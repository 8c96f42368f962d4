"""What lost disputes have cost the city after a campaign's money was gone, and what of it the campaign has borne."""

from datetime import datetime

from django.db.models import Q, Sum

from marketplace.campaigns import accounts
from marketplace.campaigns.models import Campaign
from marketplace.invoicing.models import Invoice, InvoicePaymentReversal
from marketplace.invoicing.operations.postings import BORNE, make_good
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account, Entry, Posting
from marketplace.matching.operations import postings
from marketplace.payments import accounts as payments
from marketplace.payments.models import Charge, Claim, Dispute
from marketplace.payouts.models import Payout


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


def bear_of_returned(payout: Payout, at: datetime) -> None:
    """What is the campaign's again bears first what was lost while it was away, as if it had never left.

    Paid out once more it would be more than was collected and stands. The campaign is locked by the caller.
    """
    _bear_all(payout.campaign, f"borne:payout:{payout.pk}:{payout.attempt}", at)


def bear_of_won(dispute: Dispute, campaign: Campaign, at: datetime) -> None:
    """The same of a backer's money that lay in a dispute, and of which some was won. Campaign locked by the caller."""
    _bear_all(campaign, f"borne:won:{dispute.charge_id}:{dispute.number}", at)


def _bear_all(campaign: Campaign, step: str, at: datetime) -> None:
    lost = Dispute.objects.filter(lost_minor__gt=0, charge__account__startswith=f"campaign/{campaign.pk}/")
    for charge in Charge.objects.filter(pk__in=lost.values("charge")).order_by("pk"):
        bear(charge, campaign, charge.amount_minor, f"dispute:{charge.pk}:{step}", at)
    source = accounts.of_campaign(campaign, "committed")
    owed_again = InvoicePaymentReversal.objects.filter(payment__invoice__sponsorship__campaign=campaign)
    for invoice in Invoice.objects.filter(pk__in=owed_again.values("payment__invoice")).order_by("pk"):
        make_good(invoice, source, key=f"invoice:{invoice.number}:{step}", at=at)
