"""Who may run a call: programme managers all of them, others those they were given."""

from civic.accounts import groups
from civic.accounts.policies import Actor, in_group
from civic.core.errors import Forbidden
from projects.calls.models import Call


def may(actor: Actor | None, verb: str, call: Call | None = None) -> bool:
    """Whether the actor may do this; `call` is None for `create`.

    Verbs: create, edit, open, close, decide, review (its projects), shortlist.
    """
    if in_group(actor, groups.PROGRAMME_MANAGERS):
        return True
    if call is None or actor is None or not actor.is_authenticated:
        return False
    return actor.is_staff and actor.has_perm("calls.manage_call", call)


def require(actor: Actor | None, verb: str, call: Call | None = None) -> None:
    """Raises Forbidden where `may` says no."""
    if not may(actor, verb, call):
        raise Forbidden
