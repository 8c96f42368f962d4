"""Payments of invoices in words, for who paid them."""

from civic.core.registry import Hook
from marketplace.invoicing import queries
from marketplace.payments import purposes

purposes.resolvers.register(Hook("invoice", queries.purposes))
