"""What a project is funded by: promises of people, sponsors and funds; and how the money leaves again."""

from marketplace.funding.models.campaign import Campaign, CampaignTotal, StretchGoal
from marketplace.funding.models.fund import Allocation, Challenge, Deposit, Exclusion, MatchFund, MatchLine
from marketplace.funding.models.hold import Hold
from marketplace.funding.models.invoice import (
    Invoice,
    InvoiceDocument,
    InvoicePayment,
    InvoiceReminder,
    InvoiceSeries,
    Issuer,
)
from marketplace.funding.models.payout import Approval, BankDetails, Payout
from marketplace.funding.models.pledge import Instalment, Pledge
from marketplace.funding.models.sponsorship import Package, Sponsorship

__all__ = [
    "Allocation",
    "Approval",
    "BankDetails",
    "Campaign",
    "CampaignTotal",
    "Challenge",
    "Deposit",
    "Exclusion",
    "Hold",
    "Instalment",
    "Invoice",
    "InvoiceDocument",
    "InvoicePayment",
    "InvoiceReminder",
    "InvoiceSeries",
    "Issuer",
    "MatchFund",
    "MatchLine",
    "Package",
    "Payout",
    "Pledge",
    "Sponsorship",
    "StretchGoal",
]
