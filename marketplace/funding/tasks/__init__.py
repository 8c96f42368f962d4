"""The clock's part of funding."""

from marketplace.funding.tasks import sponsoring

__all__ = ["sponsoring"]
