"""The names of match funds' accounts for the public ledger, and of their returns for the bank."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from civic.core.registry import Hook
from marketplace.ledger import labels
from marketplace.matching.models import FundReturn
from marketplace.matching.queries.funds import account_names
from marketplace.payments import purposes


def returns(keys: list[str]) -> Mapping[str, purposes.Purpose]:
    """What a transfer to a funder is for: one statement."""
    found = FundReturn.objects.filter(pk__in=keys).select_related("fund")
    return {
        str(one.pk): purposes.Purpose(
            _("Rest of %(fund)s") % {"fund": one.fund.title}, one.fund.get_absolute_url()
        )
        for one in found
    }


labels.resolvers.register(Hook("fund/", account_names))
purposes.resolvers.register(Hook("fund-return", returns))
