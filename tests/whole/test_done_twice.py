"""Every staff action of every list, done twice to rows in every state of the demo city: a double click, two officers.

Generated from the admin: a new action needs no line here. It is done or refused by name; what is refused has written
nothing, and nothing ends in an error page.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.db import connection, transaction
from django.db.models import Model

from civic.core.models import Event
from civic.core.staff_actions import Result, StaffAction
from tests.demo_city import MOMENT
from tests.factories import accounts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]
# Rows of each state, which may differ in more than that.
OF_EACH = 2


def actions() -> list[tuple[type[Model], StaffAction]]:
    """Every staff action, with the rows that it is for."""
    lists = admin.site._registry.items()
    found = [
        (model, one) for model, made in lists for one in made.actions or () if isinstance(one, StaffAction)
    ]
    return sorted(found, key=lambda pair: (pair[0]._meta.label, pair[1].name))


ACTIONS = actions()


def rows(model: type[Model]) -> list[Any]:
    """Some rows of each state; of what has none, some."""
    known = model._default_manager.order_by("pk")
    if not hasattr(model, "state"):
        return list(known[:OF_EACH])
    states = known.order_by().values_list("state", flat=True).distinct()
    return [row for state in sorted(states) for row in known.filter(state=state)[:OF_EACH]]


def typed(form: forms.Form) -> dict[str, Any]:
    """Something for every field of the action's page."""
    return {name: _value(field) for name, field in form.fields.items()}


VALUES: dict[type[forms.Field], Any] = {
    forms.ModelChoiceField: lambda field: field.queryset.first(),
    forms.ChoiceField: lambda field: next((key for key, _label in field.choices if key), ""),
    forms.DateField: lambda field: MOMENT.date() + timedelta(days=1),
    forms.DateTimeField: lambda field: MOMENT + timedelta(days=1),
    forms.BooleanField: lambda field: True,
    forms.IntegerField: lambda field: 1,
    forms.DecimalField: lambda field: 1,
}


def _value(field: forms.Field) -> Any:
    return next((value(field) for kind, value in VALUES.items() if isinstance(field, kind)), "1")


def written() -> int:
    """A figure that grows with whatever any operation writes."""
    return Event.objects.count()


def twice(action: StaffAction, row: Any, more: dict[str, Any], actors: tuple[Any, Any]) -> Iterator[Result]:
    """What comes of it each time; an error that is no refusal goes through."""
    for actor in actors:
        before = written()
        (result,) = action.run(actor, [type(row)._default_manager.get(pk=row.pk)], **more)
        assert result.done or written() == before, f"{result.detail}: refused, and something is written"
        # What the database judges at the commit, it judges now.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield result


@pytest.mark.parametrize(
    ("model", "action"), ACTIONS, ids=[f"{model._meta.label}-{action.name}" for model, action in ACTIONS]
)
def test_what_is_done_twice_is_done_or_refused_m24(model: type[Model], action: StaffAction) -> None:
    first, other = accounts.superuser(), accounts.superuser()
    more = typed(action.form())
    for row in rows(model):
        for actors in ((first, first), (first, other)):
            with transaction.atomic():
                list(twice(action, row, more, actors))
                transaction.set_rollback(True)
