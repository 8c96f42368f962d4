"""Who runs match funds."""

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from civic.core.policies import policy
from marketplace.matching.models import MatchFund


@policy(MatchFund, "run")
def runs_funds(actor: Person, fund: object) -> bool:
    """Programme managers and finance officers set funds up, enrol campaigns and answer challenges."""
    return in_group(actor, groups.PROGRAMME_MANAGERS, groups.FINANCE_OFFICERS)
