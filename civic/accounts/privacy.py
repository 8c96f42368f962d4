"""What the site holds of a person, where, and what becomes of it when they export or erase their data.

Every slice declares its personal columns in its module `personal.py`:

    personal_data.register(
        Personal(
            model="discussion.Comment", person="author", title=_("Your comments"),
            export=("created_at", "text"), anonymise={"author": None},
            reason=_("What you wrote stays as part of the public discussion, without your name."),
        )
    )
    non_personal.register(NonPersonal("calls.Call", ("description",), "text of the city about a programme"))

A test walks all models: a relation to a person, or a column that could hold text about one, that no declaration
names fails it (`undeclared()`). Erasure runs in the order of registration: higher slices come first in INSTALLED_APPS,
whose rows find the person through rows of lower ones; the person's own row comes last.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models, transaction

from civic.accounts.models import Organisation, Person
from civic.core.errors import Text
from civic.core.registry import Hook, Registry, is_ours


class Erase(Enum):
    """What erasure does to a row."""

    DELETE = "delete"
    ANONYMISE = "anonymise"
    KEEP = "keep"


DELETE, ANONYMISE, KEEP = Erase.DELETE, Erase.ANONYMISE, Erase.KEEP


@dataclass(frozen=True)
class Personal:
    """The personal columns of one model.

    `person` is the lookup from a row to the person, or a function that gives a person's rows. `export` names the
    columns of the person's copy, `withhold` those that are left out of it, with the reason. `anonymise` says what
    columns become (a value, or a function of the person); without it rows are deleted, or with KEEP stay as they are.
    What stays has a `reason` to read. With `notes` the free text of events about these rows is about the person, too:
    what was said to or of them when a step was taken, which the log forgets with the rows.
    `council` marks what only staff leave behind.
    """

    model: str
    person: str | Callable[[Person], models.QuerySet[Any]]
    title: Text
    export: tuple[str, ...] = ()
    withhold: dict[str, str] = field(default_factory=dict)
    erase: Erase = DELETE
    anonymise: dict[str, Any] = field(default_factory=dict)
    reason: Text = ""
    council: bool = False
    notes: bool = False
    order: int = 0

    def __post_init__(self) -> None:
        if self.anonymise:
            object.__setattr__(self, "erase", ANONYMISE)  # the class is frozen
        if self.erase is not DELETE and not self.reason:
            raise ValueError(f"{self.model}: what stays needs a reason that people can read")

    @property
    def slug(self) -> str:
        return f"{self.model}.{self.person if isinstance(self.person, str) else self.person.__name__}"

    @property
    def model_class(self) -> type[models.Model]:
        return apps.get_model(self.model)

    @property
    def columns(self) -> set[str]:
        """All columns that this declaration speaks of."""
        root = {self.person.split("__")[0]} if isinstance(self.person, str) else set()
        return root | set(self.export) | set(self.withhold) | set(self.anonymise)

    def rows(self, person: Person) -> models.QuerySet[Any]:
        """The person's rows."""
        if callable(self.person):
            return self.person(person)
        return self.model_class._base_manager.filter(**{self.person: person.pk})


@dataclass(frozen=True)
class NonPersonal:
    """Columns that never hold anything about a person, with the reason."""

    model: str
    columns: tuple[str, ...]
    reason: str

    @property
    def slug(self) -> str:
        return f"{self.model}.{self.columns[0]}"


def _check(entry: Personal | NonPersonal) -> Iterator[str]:
    try:
        known = {column.name for column in apps.get_model(entry.model)._meta.get_fields()}
    except LookupError:
        yield "there is no such model."
    else:
        yield from (f"there is no column {name}." for name in sorted({*entry.columns} - known - {"pk"}))


personal_data: Registry[Personal] = Registry("declaration of personal data", check=_check)
non_personal: Registry[NonPersonal] = Registry("declaration of other data", check=_check)
# Why somebody can't be erased yet: functions that return the reason, or None.
erasure_blockers: Registry[Hook[[Person], Text | None]] = Registry("reason against erasure")

# Why an organisation can't be closed yet: functions that return the reason, or None.
closing_blockers: Registry[Hook[[Organisation], Text | None]] = Registry("reason against closing")
# What of an organisation's data goes when it is closed, beside what it says about itself.
closing_deletes: Registry[Hook[[Organisation], object]] = Registry("data of closed organisations")

# Why the papers that an account was confirmed with can't confirm another one yet, at a moment.
release_blockers: Registry[Hook[[Person, datetime], Text | None]] = Registry("reason against releasing marks")
# What was noted for an account because of papers that were another person's, once they are free.
released: Registry[Hook[[Person], object]] = Registry("notes by released marks")


def why_not_closed(organisation: Organisation) -> Text | None:
    """What the organisation still has to settle before it can be closed."""
    return next((reason for blocker in closing_blockers if (reason := blocker(organisation))), None)


def blockers(person: Person) -> list[Text]:
    """What the person has to settle first."""
    return [reason for blocker in erasure_blockers if (reason := blocker(person))]


@dataclass(frozen=True)
class Fate:
    """What becomes of several kinds of data; without a reason they are deleted."""

    reason: str
    titles: list[str]


def fates(person: Person) -> list[Fate]:
    """What erasure does, in the words of the declarations, what is deleted first. Council work is for staff only."""
    kinds: dict[str, list[str]] = {"": []}
    for entry in personal_data:
        if person.is_staff or not entry.council:
            titles = kinds.setdefault(str(entry.reason), [])
            titles += [str(entry.title)] if str(entry.title) not in titles else []
    return [Fate(reason, titles) for reason, titles in kinds.items()]


def erase(entry: Personal, person: Person) -> int:
    """Applies one declaration; returns how many rows it was about. Runs in the caller's transaction."""
    if entry.erase is KEEP:
        return 0
    rows = entry.rows(person)
    _forget_files(entry, rows)
    if entry.erase is DELETE:
        return rows.delete()[0]
    values = {name: value(person) if callable(value) else value for name, value in entry.anonymise.items()}
    return rows.update(**values)


def _forget_files(entry: Personal, rows: models.QuerySet[Any]) -> None:
    """Deletes uploaded files of these rows from their storage once the transaction holds."""
    files = [
        column for column in entry.model_class._meta.get_fields() if isinstance(column, models.FileField)
    ]
    for column in [one for one in files if entry.erase is DELETE or one.name in entry.anonymise]:
        for name in rows.exclude(**{column.name: ""}).values_list(column.name, flat=True):
            transaction.on_commit(partial(column.storage.delete, name))


SUSPECT = (
    models.EmailField,
    models.TextField,
    models.FileField,
    models.JSONField,
    models.GenericIPAddressField,
)
# A text of so many characters holds sentences, and whoever writes them may name somebody.
SENTENCE = 200


def undeclared() -> list[str]:
    """Columns that could be personal and that no declaration speaks of, as `app.Model.column`."""
    declared: dict[str, set[str]] = defaultdict(set)
    for other in non_personal:
        declared[other.model] |= {*other.columns}
    for entry in personal_data:
        declared[entry.model] |= entry.columns
    personal = {entry.model_class for entry in personal_data}
    return [
        f"{model._meta.label}.{column.name}"
        for model in apps.get_models()
        for column in _suspicious(model, tagged=model in personal)
        if column.name not in declared[model._meta.label]
    ]


def _suspicious(model: type[models.Model], *, tagged: bool) -> list[Any]:
    columns = [*model._meta.local_fields, *model._meta.local_many_to_many]
    relations = [column for column in columns if column.related_model is Person and not column.primary_key]
    if not is_ours(model.__module__):
        return relations
    texts: list[Any] = [column for column in columns if isinstance(column, SUSPECT)]
    lines = [c for c in columns if type(c) is models.CharField and not c.choices]
    texts += [line for line in lines if tagged or (line.max_length or SENTENCE) >= SENTENCE]
    return list(dict.fromkeys([*relations, *texts]))
