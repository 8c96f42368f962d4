"""The desk of a city that has lived: lists cost the same for one row as for all, and every action asks first."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from civic.accounts.models import Person
from civic.core import list_columns, paging
from civic.core.admin import StaffAdmin
from civic.core.models import Event
from civic.core.money import Money
from civic.core.registry import is_ours
from tests.factories import accounts
from tests.visiting import with_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]
LISTS = [
    desk
    for model, desk in admin.site._registry.items()
    if isinstance(desk, StaffAdmin) and is_ours(model.__module__)
]


@pytest.fixture
def administrator() -> Person:
    return accounts.superuser()


@pytest.fixture
def desk(administrator: Person) -> Client:
    client = Client()
    with_password(client, administrator)
    return client


def first_row(desk: StaffAdmin, person: Person) -> Any:
    """The first row of the list as it opens; None where the city has none."""
    request = RequestFactory().get("/")
    request.user = person
    return desk.get_changelist_instance(request).queryset.first()


def address(desk: StaffAdmin, page: str) -> str:
    return reverse(f"admin:{desk.opts.app_label}_{desk.opts.model_name}_{page}")


def statements(ask: Any) -> int:
    """How many statements a page takes; an export is read to its end."""
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
        assert answer.status_code == 200
        assert b"".join(answer)
    return len(asked)


def test_lists_and_exports_take_as_many_statements_for_all_rows_as_for_one(
    desk: Client, administrator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "ROWS_A_STATEMENT", 100_000)
    desk.get("/admin/")
    grown, full = [], 0
    for one in LISTS:
        row = first_row(one, administrator)
        if row is None:
            continue
        full += 1
        narrow = f"?{one.opts.pk.name}__exact={row.pk}"
        for page, ask in (("changelist", desk.get), ("export", desk.post)):
            where = address(one, page)
            few = statements(lambda ask=ask, where=where + narrow: ask(where))  # type: ignore[misc]
            all_ = statements(lambda ask=ask, where=where: ask(where))  # type: ignore[misc]
            grown += [(where, few, all_)] if all_ > few + 1 else []
    assert full > 25
    assert not grown


def test_an_export_has_one_shape_whatever_is_in_it(administrator: Person) -> None:
    for one in LISTS:
        shown = list_columns.columns(one, one.export_display or one.list_display)
        row = first_row(one, administrator)
        header, *lines = [list(line) for line in list_columns.table(shown, one.model.objects.none(), "pk")]
        assert len(set(header)) == len(header), one
        assert not lines
        for column in shown if row is not None else ():
            assert column.is_sum or not isinstance(column.plain(row), Money), (one, column.name)


def test_every_action_asks_before_it_does_anything(desk: Client, administrator: Person) -> None:
    request = RequestFactory().get("/")
    request.user = administrator
    asked = 0
    for one in LISTS:
        row = first_row(one, administrator)
        actions = {name: entry[0] for name, entry in one.get_actions(request).items()} if row else {}
        before = Event.objects.count()
        for name, action in actions.items():
            if not hasattr(action, "permits"):
                continue
            answer = desk.post(
                address(one, "changelist"), {"action": name, "_selected_action": [str(row.pk)]}
            )
            text = answer.content.decode()
            assert answer.status_code == 200, (one, name)
            assert f'value="{row.pk}"' in text, (one, name)
            assert 'name="confirmed"' in text, (one, name)
            asked += 1
        assert Event.objects.count() == before, one
    assert asked > 20
