"""The verbs of payments."""

from marketplace.payments.operations.bank_orders import fetch_order, order_transfers, withdraw_order
from marketplace.payments.operations.charges import advance_charge, cancel_charge, start_charge
from marketplace.payments.operations.line_matching import (
    confirm_line_match,
    propose_line_match,
    withdraw_line_match,
)
from marketplace.payments.operations.manual_actions import cancel_by_hand, refund_rest
from marketplace.payments.operations.outbox import run_commands
from marketplace.payments.operations.payment_methods import advance_setup, remove_method, start_setup
from marketplace.payments.operations.reconciliation import explain_difference, reconcile
from marketplace.payments.operations.refunds import advance_refund, pay_refund_otherwise, request_refund
from marketplace.payments.operations.statements import import_statement
from marketplace.payments.operations.status_refresh import refresh_unfinished
from marketplace.payments.operations.stripe_sync import mirror_messages
from marketplace.payments.operations.transfers import advance_transfer, request_transfer
from marketplace.payments.operations.webhook_inbox import process_webhooks, receive_webhook

__all__ = [
    "advance_charge",
    "advance_refund",
    "advance_setup",
    "advance_transfer",
    "cancel_by_hand",
    "cancel_charge",
    "confirm_line_match",
    "explain_difference",
    "fetch_order",
    "import_statement",
    "mirror_messages",
    "order_transfers",
    "pay_refund_otherwise",
    "process_webhooks",
    "propose_line_match",
    "receive_webhook",
    "reconcile",
    "refresh_unfinished",
    "refund_rest",
    "remove_method",
    "request_refund",
    "request_transfer",
    "run_commands",
    "start_charge",
    "start_setup",
    "withdraw_line_match",
    "withdraw_order",
]
