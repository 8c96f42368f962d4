"""Who may do what. Each slice's `policies.py` declares its rules here, and everybody asks here.

    @policy(Campaign, "open", "cancel")
    def runs_call(actor: Person, campaign: Campaign) -> bool:
        return may(actor, "review", campaign.project)

    may(actor, "open", campaign)        # pages, panels, the admin
    require(actor, "open", campaign)    # operations, inside the transaction

A verb belongs to a kind of thing; a subclass (a proxy, a locked context) falls to its parent's rule. A slice may
declare verbs of its own for a model of a slice below. Where there is no row yet the model class is the thing
(`may(actor, "create", Call)`), and where there is no model at all the name of an area (`may(actor, "keep", "books")`).
Rules say who, whatever the state; whether it can be done at this moment is a condition (`conditions.py`) or a state
table, and another error.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model

from civic.core.errors import Forbidden, Text

Actor = AbstractBaseUser | AnonymousUser | None
Thing = Model | type[Model] | str
Area = type[Model] | str
Rule = TypeVar("Rule", bound=Callable[[Any, Any], bool])


class UnknownPolicy(LookupError):
    """Nobody declared this verb for this kind of thing: a mistake of the caller, never a quiet no."""


@dataclass(frozen=True)
class Policy:
    """A rule, and what somebody is told whom it refuses."""

    rule: Callable[[Any, Any], bool]
    refusal: Text

    @property
    def reads_row(self) -> bool:
        """Whether the rule looks at the row: its second parameter is then annotated with more than `object`."""
        return list(inspect.signature(self.rule).parameters.values())[1].annotation is not object


_policies: dict[tuple[Area, str], Policy] = {}


def policy(thing: Area, *verbs: str, refusal: Text = "") -> Callable[[Rule], Rule]:
    """Declares who may do these verbs with this kind of thing. A second rule for a pair fails at import.

    The rule is given a person who is signed in and active, and the thing. One that answers for the class or an
    area as well, because it never reads the row, takes it as `object`.
    """

    def declare(rule: Rule) -> Rule:
        for verb in verbs:
            if (thing, verb) in _policies:
                raise ImproperlyConfigured(f"Two policies say who may {verb} {thing}.")
            _policies[thing, verb] = Policy(rule, refusal)
        return rule

    return declare


def declared() -> set[tuple[Area, str]]:
    """Every pair of a kind of thing and a verb that has a rule."""
    return set(_policies)


def find(verb: str, thing: Thing) -> Policy:
    """The policy for the pair. Raises UnknownPolicy, also where a rule that reads a row is given its class."""
    if isinstance(thing, str):
        kinds: tuple[Any, ...] = (thing,)
    else:
        # A request gives its person as a lazy object, which says of its class what it stands for.
        kinds = (thing if isinstance(thing, type) else thing.__class__).__mro__
    found = next((_policies[kind, verb] for kind in kinds if (kind, verb) in _policies), None)
    if found is None or (isinstance(thing, type) and found.reads_row):
        raise UnknownPolicy(f"No policy says who may {verb} {thing!r}.")
    return found


def may(actor: Actor, verb: str, thing: Thing) -> bool:
    """Whether the actor may do this, whatever the state of the thing. Nobody signed out or closed may do anything."""
    return _allows(find(verb, thing), actor, thing)


def require(actor: Actor, verb: str, thing: Thing) -> None:
    """Raises Forbidden, in the words of the policy, unless the actor may do this."""
    found = find(verb, thing)
    if not _allows(found, actor, thing):
        raise Forbidden(found.refusal)


def _allows(found: Policy, actor: Actor, thing: Thing) -> bool:
    return bool(actor and actor.is_authenticated and actor.is_active and found.rule(actor, thing))
