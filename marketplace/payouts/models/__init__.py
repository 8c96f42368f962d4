"""Payouts of accepted milestones, who is paid, and what holds payouts up."""

from marketplace.payouts.models.hold import Hold
from marketplace.payouts.models.payout import Approval, BankDetails, Payout
