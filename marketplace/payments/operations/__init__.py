"""The verbs of payments."""

from marketplace.payments.operations.by_hand import cancel_by_hand, refund_rest
from marketplace.payments.operations.charging import advance_charge, cancel_charge, start_charge
from marketplace.payments.operations.mirroring import mirror_messages
from marketplace.payments.operations.ordering import fetch_order, order_transfers, withdraw_order
from marketplace.payments.operations.outbox import run_commands
from marketplace.payments.operations.reconciling import explain_difference, reconcile
from marketplace.payments.operations.refreshing import look_again
from marketplace.payments.operations.refunding import advance_refund, pay_refund_otherwise, request_refund
from marketplace.payments.operations.saving import advance_setup, remove_method, start_setup
from marketplace.payments.operations.settling import (
    confirm_settlement,
    propose_settlement,
    take_back_settlement,
)
from marketplace.payments.operations.statements import import_statement
from marketplace.payments.operations.transferring import advance_transfer, request_transfer
from marketplace.payments.operations.webhook_inbox import process_webhooks, receive_webhook

__all__ = [
    "advance_charge",
    "advance_refund",
    "advance_setup",
    "advance_transfer",
    "cancel_by_hand",
    "cancel_charge",
    "confirm_settlement",
    "explain_difference",
    "fetch_order",
    "import_statement",
    "look_again",
    "mirror_messages",
    "order_transfers",
    "pay_refund_otherwise",
    "process_webhooks",
    "propose_settlement",
    "receive_webhook",
    "reconcile",
    "refund_rest",
    "remove_method",
    "request_refund",
    "request_transfer",
    "run_commands",
    "start_charge",
    "start_setup",
    "take_back_settlement",
    "withdraw_order",
]
