"""The verbs of payments."""

from marketplace.payments.operations.charges import cancel_by_hand, cancel_charge, start_charge
from marketplace.payments.operations.claims import ask_claim
from marketplace.payments.operations.disputes import answer_dispute, remind_due, take_back_answer
from marketplace.payments.operations.line_matching import (
    confirm_line_match,
    propose_line_match,
    withdraw_line_match,
)
from marketplace.payments.operations.outbox import run_commands
from marketplace.payments.operations.payment_methods import remove_method, start_setup
from marketplace.payments.operations.reconciliation import explain_difference, reconcile
from marketplace.payments.operations.refunds import (
    advance_refund,
    pay_refund_otherwise,
    refund_part,
    refund_rest,
    request_refund,
    returnable,
)
from marketplace.payments.operations.refusals import confirm_refusal, propose_refusal, withdraw_refusal
from marketplace.payments.operations.statements import import_statement
from marketplace.payments.operations.transfers import (
    advance_transfer,
    fetch_order,
    order_transfers,
    request_transfer,
)
from marketplace.payments.operations.webhook_inbox import (
    mirror_messages,
    process_webhooks,
    receive_webhook,
    refresh_unfinished,
)
from marketplace.payments.operations.withdrawals import confirm_withdrawal, keep_order, withdraw_order
