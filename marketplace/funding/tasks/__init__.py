"""The clock's part of funding."""

from marketplace.funding.tasks import funds, sponsoring

__all__ = ["funds", "sponsoring"]
