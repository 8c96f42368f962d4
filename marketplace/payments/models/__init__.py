"""What is asked of providers and what they say."""

from marketplace.payments.models.charge import BankOrder, Charge, Refund, Transfer
from marketplace.payments.models.claim import Claim
from marketplace.payments.models.demo import DemoPayment
from marketplace.payments.models.dispute import Dispute
from marketplace.payments.models.jobs import Command, Message, MirrorJob
from marketplace.payments.models.method import Method, MethodSetup
from marketplace.payments.models.statement import (
    LinePayment,
    Reconciliation,
    Settlement,
    Statement,
    StatementLine,
)
