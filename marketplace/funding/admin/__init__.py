"""The council's desk for money: queues by what waits, verbs with reasons, nothing to type over."""

from marketplace.funding.admin import campaigns, funds, invoices, payouts, sponsoring

__all__ = ["campaigns", "funds", "invoices", "payouts", "sponsoring"]
