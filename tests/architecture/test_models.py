"""Foreign keys point down the stack, as imports do; the linter cannot see those that are strings."""

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.layers import points_up


def slice_of(model: type[models.Model]) -> str:
    """The slice that a model stands in."""
    return apps.get_app_config(model._meta.app_label).name


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
