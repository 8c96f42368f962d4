"""A city that has grown: copies of whole graphs of rows, made by the database with one statement a table."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import AutoField, Field, GeneratedField, Model, UUIDField

from civic.accounts.models import Area
from civic.core.models import Event

SLICES = ("accounts", "proposals", "discussion", "contributions", "delivery")
SLICES += ("campaigns", "matching", "sponsorship", "payouts", "payments")
# Numbered copies lie so far apart.
FAR = 10_000_000

AnyField = Field[Any, Any]


def of_a_city() -> list[type[Model]]:
    """What a city has more of as it grows: people, projects, money and what is said of them; not calls and areas."""
    apps_of_it = [apps.get_app_config(name) for name in SLICES]
    models = [model for app in apps_of_it for model in app.get_models(include_auto_created=True)]
    return [*(model for model in models if model is not Area and model._meta.managed), Event]


class Growth:
    """Copies all rows of these models that are there when it is made, or these `rows` alone, as often as is asked for.

    A copy refers to copies where they are of these models, else to what its original refers to. Triggers and foreign
    keys are not asked: what holds for the originals holds for their copies.
    """

    def __init__(self, models: Collection[type[Model]] = (), *, rows: Collection[Model] = ()) -> None:
        self._keys = {model: list(model._base_manager.values_list("pk", flat=True)) for model in models}
        self._keys |= {type(row): [row.pk] for row in rows}
        self._models = set(self._keys)

    def add(self, copies: range) -> None:
        """Copies with these numbers, which tell them apart from all others."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for model, keys in self._keys.items():
                if keys:
                    cursor.execute(self._statement(model), [copies[0], copies[-1], keys])
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
            cursor.execute("ANALYZE")

    def _statement(self, model: type[Model]) -> str:
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, GeneratedField)]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        told_apart = {field.name for field in fields if self._tells_apart(field)}
        for names in _unique_together(model):
            if told_apart.isdisjoint(names):
                told_apart.add(names[-1])
        copied = ", ".join(
            _copied(field) if field.name in told_apart else f'"{field.column}"' for field in fields
        )
        table, key = model._meta.db_table, model._meta.pk.column
        return (
            f'INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE SELECT {copied} '
            f'FROM "{table}", generate_series(%s, %s) AS copy WHERE "{key}" = ANY(%s) ORDER BY copy'
        )

    def _tells_apart(self, field: AnyField) -> bool:
        """Keys, references to copies, and what is unique alone differ from copy to copy."""
        if field.remote_field:
            return field.unique or field.related_model in self._models
        return field.unique or isinstance(field, UUIDField) or field.name == "subject_id"


def _unique_together(model: type[Model]) -> list[list[str]]:
    found = [getattr(constraint, "fields", ()) for constraint in model._meta.constraints]
    return [list(names) for names in found if names]


def _copied(field: AnyField) -> str:
    """The column of a copy, computed the same way wherever the same key stands."""
    column, target = f'"{field.column}"', field
    while target.remote_field:
        target = target.target_field  # type: ignore[attr-defined]
    if isinstance(target, AutoField):
        return f"{column} + copy::bigint * {FAR}"
    digest = f"md5(copy || ' ' || {column})"
    if (
        isinstance(target, UUIDField) or target.name == "subject_id"
    ):  # of an event: the key of anything, as text
        # In the order of time, as ours are.
        key = f"(lpad(to_hex(copy), 8, '0') || substr({digest}, 9))::uuid"
        return key if isinstance(target, UUIDField) else f"{key}::text"
    # By the row's key, as several rows may have no such text.
    text = f"left(md5(copy || ' ' || \"{field.model._meta.pk.column}\"), {target.max_length})"
    if _is_optional(field):
        return f"CASE WHEN {column} = '' THEN '' ELSE {text} END"
    return text


def _is_optional(field: AnyField) -> bool:
    """Whether it is unique only where something is said: what has none stays without."""
    constraints = [one for one in field.model._meta.constraints if field.name in getattr(one, "fields", ())]
    return bool(constraints) and all(getattr(one, "condition", None) for one in constraints)
