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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.utils.translation import gettext as _

from civic.core.errors import Conflict, Forbidden, Text
from civic.core.registry import Registry

Actor = AbstractBaseUser | AnonymousUser | None
Thing = Model | type[Model] | str
Area = type[Model] | str
Rule = TypeVar("Rule", bound=Callable[[Any, Any], bool])


class UnknownPolicy(LookupError):
    """Nobody declared this verb for this kind of thing: a mistake of the caller, never a quiet no."""


@dataclass(frozen=True)
class Policy:
    """A rule for a kind of thing and a verb (`calls.call/open`), and the message for whom it refuses."""

    slug: str
    rule: Callable[[Any, Any], bool]
    refusal: Text = ""

    @property
    def reads_row(self) -> bool:
        """Whether the rule looks at the row: its second parameter is then annotated with more than `object`."""
        return list(inspect.signature(self.rule).parameters.values())[1].annotation is not object

    def allows(self, actor: Actor, thing: Thing) -> bool:
        """The answer of the rule; no for whoever is signed out or closed."""
        return bool(actor and actor.is_authenticated and actor.is_active and self.rule(actor, thing))


policies: Registry[Policy] = Registry("policy")


def policy(area: Area, *verbs: str, refusal: Text = "") -> Callable[[Rule], Rule]:
    """Declares who may do these verbs with this kind of thing. A second rule for a pair fails at import.

    The rule is given a person who is signed in and active, and the thing. One that answers for the class or an
    area as well, because it never reads the row, takes it as `object`.
    """

    def declare(rule: Rule) -> Rule:
        policies.register(*(Policy(slug_of(area, verb), rule, refusal) for verb in verbs))
        return rule

    return declare


def slug_of(area: Area, verb: str) -> str:
    """The pair as a slug: `calls.call/open`, `books/keep`."""
    return f"{area if isinstance(area, str) else area._meta.label_lower}/{verb}"


def find(verb: str, thing: Thing) -> Policy:
    """The policy for the pair. Raises UnknownPolicy, also where a rule that reads a row is given its class."""
    found = next((policies[slug] for slug in _slugs(verb, thing) if slug in policies), None)
    if found is None or (isinstance(thing, type) and found.reads_row):
        raise UnknownPolicy(f"No policy says who may {verb} {thing!r}.")
    return found


def _slugs(verb: str, thing: Thing) -> Iterator[str]:
    if isinstance(thing, str):
        yield slug_of(thing, verb)
    else:
        # A request gives its person as a lazy object, which says of its class what it stands for.
        kind = thing if isinstance(thing, type) else thing.__class__
        yield from (slug_of(one, verb) for one in kind.__mro__ if hasattr(one, "_meta"))


def may(actor: Actor, verb: str, thing: Thing) -> bool:
    """Whether the actor may do this, whatever the state of the thing. Raises UnknownPolicy for an undeclared pair."""
    return find(verb, thing).allows(actor, thing)


def require(actor: Actor, verb: str, thing: Thing) -> None:
    """Raises Forbidden, in the words of the policy, unless the actor may do this."""
    found = find(verb, thing)
    if not found.allows(actor, thing):
        raise Forbidden(found.refusal)


def require_still(first: Actor, verb: str, thing: Thing) -> None:
    """Of what two people decide, the first one's word counts only while they may still give it. Raises Conflict.

    It is asked when the second agrees: whoever was dismissed in between has decided nothing.
    """
    if not may(first, verb, thing):
        words = _(
            "Whoever proposed this may not do so any more. Take it back, and let somebody else propose it."
        )
        raise Conflict(words)
