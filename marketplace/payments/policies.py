"""Who keeps the city's books."""

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from civic.core.policies import policy
from marketplace.payments.models import Command, Message, MirrorJob


@policy("books", "keep")
@policy(Command, "handle")
@policy(Message, "handle")
@policy(MirrorJob, "handle")
def keeps_books(actor: Person, area: object) -> bool:
    """Finance officers read statements, enter, approve, correct, and pay by hand what failed."""
    return in_group(actor, groups.FINANCE_OFFICERS)


@policy("books", "read")
def reads_books(actor: Person, area: object) -> bool:
    """Finance officers, and auditors, who change nothing."""
    return in_group(actor, groups.FINANCE_OFFICERS, groups.AUDITORS)
