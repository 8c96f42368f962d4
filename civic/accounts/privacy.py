"""What the site holds of a person, where, and what becomes of it when they export or erase their data.

Every slice declares its personal columns, usually in a module `personal.py` that `AppConfig.ready()` imports:

    privacy.register(
        Personal(
            model="discussion.Comment", person="author", title=_("Your comments"),
            export=("created_at", "text"), erase=BLANK, blank={"author": None},
            reason=_("What you wrote stays as part of the public discussion, without your name."),
        )
    )
    privacy.impersonal("calls.Call", "description", because="text of the city about a programme")

A test walks all models: a relation to a person, or a column that could hold text about one, that no declaration
names fails it (`undeclared()`). Entries run in the order of registration; higher slices come first, because their
`ready()` runs first, and the person's own row comes last.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.functional import Promise

from civic.accounts.models import Person

Text = str | Promise


class Erase(Enum):
    """What erasure does to a row."""

    DELETE = "delete"
    BLANK = "blank"
    KEEP = "keep"


DELETE, BLANK, KEEP = Erase.DELETE, Erase.BLANK, Erase.KEEP


@dataclass(frozen=True)
class Personal:
    """The personal columns of one model.

    `person` is the lookup from a row to the person, or a function that gives a person's rows. `export` names the
    columns of the person's copy, `withhold` those that are left out of it, with the reason. With BLANK, `blank`
    says what columns become (a value, or a function of the person). BLANK and KEEP give a `reason` to read.
    """

    model: str
    person: str | Callable[[Person], models.QuerySet[Any]]
    title: Text
    export: tuple[str, ...] = ()
    withhold: dict[str, str] = field(default_factory=dict)
    erase: Erase = DELETE
    blank: dict[str, Any] = field(default_factory=dict)
    reason: Text = ""

    def __post_init__(self) -> None:
        if self.erase is not DELETE and not self.reason:
            raise ValueError(f"{self.model}: what stays needs a reason that people can read")

    @property
    def model_class(self) -> type[models.Model]:
        return apps.get_model(self.model)

    @property
    def columns(self) -> set[str]:
        """All columns that this declaration speaks of."""
        root = {self.person.split("__")[0]} if isinstance(self.person, str) else set()
        return root | set(self.export) | set(self.withhold) | set(self.blank)

    def rows(self, person: Person) -> models.QuerySet[Any]:
        """The person's rows."""
        if callable(self.person):
            return self.person(person)
        return self.model_class._base_manager.filter(**{self.person: person.pk})


Obstacle = Callable[[Person], Text | None]

_entries: list[Personal] = []
_last: list[Personal] = []
_impersonal: dict[str, set[str]] = {}
_obstacles: list[Obstacle] = []


def register(entry: Personal, *, last: bool = False) -> None:
    """Adds a declaration; `last` is for the person's own row."""
    (_last if last else _entries).append(entry)


def impersonal(model: str, *fields: str, because: str) -> None:
    """Declares columns that never hold anything about a person."""
    if not because:
        raise ValueError(f"{model}: say why {fields} hold nothing personal")
    _impersonal.setdefault(model, set()).update(fields)


def obstacle(check: Obstacle) -> Obstacle:
    """Registers a reason why somebody can't be erased yet: a function that returns it, or None."""
    _obstacles.append(check)
    return check


def entries() -> list[Personal]:
    """All declarations in the order of erasure."""
    return [*_entries, *_last]


def obstacles(person: Person) -> list[Text]:
    """What the person has to settle first."""
    return [reason for check in _obstacles if (reason := check(person))]


def staying() -> list[Personal]:
    """Declarations of rows that stay after erasure, for the page that explains it."""
    return [entry for entry in entries() if entry.erase is not DELETE and entry.reason]


def erase(entry: Personal, person: Person) -> int:
    """Applies one declaration; returns how many rows it was about. Runs in the caller's transaction."""
    if entry.erase is KEEP:
        return 0
    rows = entry.rows(person)
    _forget_files(entry, rows)
    if entry.erase is DELETE:
        return rows.delete()[0]
    values = {name: value(person) if callable(value) else value for name, value in entry.blank.items()}
    return rows.update(**values)


def _forget_files(entry: Personal, rows: models.QuerySet[Any]) -> None:
    """Deletes uploaded files of these rows from their storage once the transaction holds."""
    gone = entry.model_class._meta.get_fields() if entry.erase is DELETE else _fields(entry, entry.blank)
    for column in [column for column in gone if isinstance(column, models.FileField)]:
        for name in rows.exclude(**{column.name: ""}).values_list(column.name, flat=True):
            transaction.on_commit(lambda storage=column.storage, name=name: storage.delete(name))


def _fields(entry: Personal, names: Iterable[str]) -> list[Any]:
    return [entry.model_class._meta.get_field(name) for name in names]


SUSPECT = (
    models.EmailField,
    models.TextField,
    models.FileField,
    models.JSONField,
    models.GenericIPAddressField,
)


def undeclared() -> list[str]:
    """Columns that could be personal and that no declaration speaks of, as `app.Model.column`."""
    declared: dict[str, set[str]] = {label: set(fields) for label, fields in _impersonal.items()}
    for entry in entries():
        declared.setdefault(entry.model_class._meta.label, set()).update(entry.columns)
    personal = {entry.model_class for entry in entries()}
    return [
        f"{model._meta.label}.{column.name}"
        for model in apps.get_models()
        for column in _suspicious(model, tagged=model in personal)
        if column.name not in declared.get(model._meta.label, set())
    ]


def ours(model: type[models.Model]) -> bool:
    """Whether a model belongs to this project and not to a library."""
    return model.__module__.split(".")[0] in ("civic", "datasets", "projects", "marketplace")


def _suspicious(model: type[models.Model], *, tagged: bool) -> list[Any]:
    columns = [*model._meta.local_fields, *model._meta.local_many_to_many]
    relations = [column for column in columns if column.related_model is Person and not column.primary_key]
    if not ours(model):
        return relations
    texts = [column for column in columns if isinstance(column, SUSPECT)]
    if tagged:
        texts += [c for c in columns if type(c) is models.CharField and not c.choices]
    return list(dict.fromkeys([*relations, *texts]))
