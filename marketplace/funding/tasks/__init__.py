"""The clock's part of funding."""

from marketplace.funding.tasks import campaigns, funds, sponsoring

__all__ = ["campaigns", "funds", "sponsoring"]
