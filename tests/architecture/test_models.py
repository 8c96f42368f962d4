"""Foreign keys point down the stack, as imports do; the linter cannot see those that are strings."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

CONTRACTS = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
LAYERS = [[name.strip(" ()") for name in layer.split("|")] for layer in CONTRACTS[0]["layers"]]
HEIGHT = {name: len(LAYERS) - depth for depth, names in enumerate(LAYERS) for name in names}


def slice_of(model: type[models.Model]) -> str:
    """The slice that a model stands in."""
    return apps.get_app_config(model._meta.app_label).name


def points_up(source: str, target: str) -> bool:
    """Whether a relation goes to a higher slice, or to another one beside it; libraries lie below all."""
    return source in HEIGHT and target in HEIGHT and source != target and HEIGHT[target] >= HEIGHT[source]


def relations() -> list[tuple[str, str, str]]:
    """Each relation as (slice, slice that it points to, its name)."""
    fields = ((model, field) for model in apps.get_models() for field in model._meta.get_fields())
    return [
        (slice_of(model), slice_of(field.related_model), f"{model.__name__}.{field.name}")
        for model, field in fields
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
    ]


def test_relations_point_down() -> None:
    found = relations()
    assert len(found) > 50
    assert [name for source, target, name in found if points_up(source, target)] == []


@pytest.mark.parametrize(
    ("source", "target", "up"),
    [
        ("civic.core", "civic.accounts", True),
        ("projects.voting", "projects.discussion", True),
        ("projects.voting", "projects.calls", False),
        ("projects.voting", "django.contrib.auth", False),
    ],
)
def test_the_direction_is_told_apart(source: str, target: str, up: bool) -> None:
    assert points_up(source, target) is up
