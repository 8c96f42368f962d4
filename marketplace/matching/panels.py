"""The names of match funds' accounts, for the public ledger."""

from civic.core.registry import Hook
from marketplace.ledger import labels
from marketplace.matching.queries.funds import account_names

labels.resolvers.register(Hook("fund/", account_names))
