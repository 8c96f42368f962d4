"""What is asked of providers and what they say; one noun a file."""

from marketplace.payments.models.bank_order import BankOrder
from marketplace.payments.models.charge import Charge, Refund, Transfer
from marketplace.payments.models.demo import DemoPayment
from marketplace.payments.models.jobs import Command, Message, MirrorJob
from marketplace.payments.models.method import Method, MethodSetup
from marketplace.payments.models.reconciliation import Reconciliation
from marketplace.payments.models.settlement import Settlement
from marketplace.payments.models.statement import Statement, StatementLine
