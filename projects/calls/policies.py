"""Who may run a call: programme managers all of them, others those they were given."""

from guardian.shortcuts import get_objects_for_user

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from civic.core.policies import policy
from projects.calls.models import Call


@policy(Call, "create")
def programmes(actor: Person, call: object) -> bool:
    """Programme managers."""
    return in_group(actor, groups.PROGRAMME_MANAGERS)


@policy(Call, "edit", "open", "close", "review", "shortlist")
def runs(actor: Person, call: Call) -> bool:
    """Programme managers, and council staff whom the call was given; `review` is of its projects."""
    return programmes(actor, call) or (actor.is_staff and actor.has_perm("calls.manage_call", call))


@policy(Call, "run_any")
def runs_any(actor: Person, call: object) -> bool:
    """Whoever runs at least one call: what the council's desk offers at all hangs on it."""
    return programmes(actor, call) or (
        actor.is_staff and get_objects_for_user(actor, "calls.manage_call", Call).exists()
    )
