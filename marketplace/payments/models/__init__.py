"""What is asked of providers and what they say; one noun a file."""

from marketplace.payments.models.charge import Charge, Refund, Transfer
from marketplace.payments.models.mailbox import Command, Message
from marketplace.payments.models.method import Method

__all__ = ["Charge", "Command", "Message", "Method", "Refund", "Transfer"]
