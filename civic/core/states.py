"""States and transitions: the only code that writes a state column."""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db import connection, models, transaction
from django.db.models.base import ModelBase
from django.utils.translation import gettext_lazy as _

from civic.core import events
from civic.core.errors import IllegalTransition
from civic.core.event_kinds import event_kind
from civic.core.models import Event

Transitions = dict[tuple[str, str], str]


class Stateful(models.Model):
    """A row with a `state` that moves by its `TRANSITIONS` table: `{("submit", DRAFT): SUBMITTED}`.

    Subclasses declare `state = state_field(CallState, 8)`; `noun` is the first word of
    the events that their transitions record (`project.submitted`).
    """

    TRANSITIONS: ClassVar[Transitions] = {}
    noun: ClassVar[str]

    state: Any
    stored_state: Any
    state_since = models.DateTimeField(_("in this state since"), null=True, editable=False)

    class Meta:
        abstract = True

    def can(self, verb: str) -> bool:
        """Whether the table has this step from the present state (who may take it, a policy says)."""
        return (verb, self.state) in self.TRANSITIONS

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **kwargs: Any) -> Self:
        instance = super().from_db(db, field_names, values, **kwargs)
        if "state" in field_names:
            instance.stored_state = instance.state
        return instance

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuses a changed state: it is written by `transition` alone."""
        if not self._state.adding and getattr(self, "stored_state", self.state) != self.state:
            raise IllegalTransition(
                f"{self._meta.label}.state is written by civic.core.states.transition only."
            )
        super().save(*args, **kwargs)
        self.stored_state = self.state


def state_field(states: type[models.TextChoices], max_length: int) -> "models.CharField[str, str]":
    """The column `state` of a Stateful model; a new row is in the first of the states."""
    first = next(iter(states))
    return models.CharField(_("state"), max_length=max_length, choices=states, default=first, editable=False)


Thing = TypeVar("Thing", bound=Stateful)


def transition(
    thing: Stateful,
    verb: str,
    *,
    actor: events.Actor | None,
    at: datetime,
    reason: str = "",
    payload: dict[str, Any] | None = None,
) -> Event:
    """Locks the row, reads the table, writes the state and its event `<noun>.<participle of the verb>`.

    Raises IllegalTransition where the table has no such step from the state the row is in now.
    """
    model = type(thing)
    with one_transaction():
        before = lock(thing).state
        after = model.TRANSITIONS.get((verb, before))
        if after is None:
            message = _("This step is not possible while the state is “%(state)s”.")
            raise IllegalTransition(message % {"state": thing.get_state_display()})  # type: ignore[attr-defined]
        moved = {"from": before, "to": after, **(payload or {})}
        # Before the row: core_state_step moves none whose newest event does not tell of it.
        told = events.record(
            event_kind(model.noun, verb), actor=actor, subject=thing, at=at, payload=moved, note=reason
        )
        model._base_manager.filter(pk=thing.pk).update(state=after, state_since=at)  # type: ignore[misc]
        thing.state = thing.stored_state = after
        thing.state_since = at
        return told


def one_transaction() -> AbstractContextManager[None]:
    """The caller's transaction where there is one: a savepoint would cost two statements for nothing."""
    return nullcontext() if connection.in_atomic_block else transaction.atomic()


def lock(thing: Thing) -> Thing:
    """Locks the row until the transaction ends and brings its state up to date on `thing`."""
    current = (
        type(thing)
        ._base_manager.select_for_update(of=("self",))
        .only("state", "state_since")
        .get(pk=thing.pk)
    )
    thing.state = thing.stored_state = current.state
    thing.state_since = current.state_since
    return thing


def stateful_models() -> list[ModelBase]:
    """Every concrete model that moves by a table; the diagrams of the documentation come from these."""
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, Stateful)]


def diagram(model: type[Stateful]) -> str:
    """The transition table as a Mermaid state diagram."""
    lines = [f"    {before} --> {after}: {verb}" for (verb, before), after in model.TRANSITIONS.items()]
    return "\n".join(["stateDiagram-v2", *lines])
