"""Every list of the council's desk can be taken away as CSV: as filtered, safe in a spreadsheet, streamed, recorded."""

import csv
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from civic.core import paging
from civic.core.admin import StaffAdmin
from civic.core.models import Event
from civic.core.registry import is_ours
from tests.factories import accounts, proposals

pytestmark = pytest.mark.django_db
PERSONS = "/admin/accounts/person/export/"


def lists() -> list[Any]:
    """The desk's lists of our own models."""
    ours = [desk for model, desk in admin.site._registry.items() if is_ours(model.__module__)]
    return sorted(ours, key=lambda desk: desk.opts.label)


def address_of(desk: Any) -> str:
    return reverse(f"admin:{desk.opts.app_label}_{desk.opts.model_name}_export")


def table(client: Client, address: str) -> list[list[str]]:
    answer = client.post(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(text.splitlines(keepends=True)))


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(accounts.superuser())
    return client


def test_every_list_of_ours_has_its_export(administrator: Client) -> None:
    assert len(lists()) > 30
    for desk in lists():
        assert isinstance(desk, StaffAdmin), desk
        header, *_rows = table(administrator, address_of(desk))
        shown = len(desk.export_display or desk.list_display)
        assert shown <= len(header) <= 2 * shown, desk
        page = administrator.get(address_of(desk).replace("export/", "")).content.decode()
        assert f'action="{address_of(desk)}' in page, desk


def test_a_list_goes_out_as_it_is_filtered(administrator: Client) -> None:
    accounts.person(name="Ada Lind", email="ada@example.org")
    accounts.person(name="Bo Eriksen")
    header, *rows = table(administrator, f"{PERSONS}?q=ada@")
    assert header[:2] == ["Display name", "Email address"]
    assert [row[0] for row in rows] == ["Ada Lind"]
    link = administrator.get("/admin/accounts/person/?q=ada%40&p=1").content.decode()
    assert f'action="{PERSONS}?q=ada%40"' in link


def test_no_cell_is_a_formula(administrator: Client) -> None:
    for text in ("=cmd|'/c calc'!A1", "+49 30", "-2+3", "@SUM(A1)", "\tx", "\rx"):
        accounts.person(name=text)
    cells = {row[0] for row in table(administrator, PERSONS)}
    assert {"'=cmd|'/c calc'!A1", "'+49 30", "'-2+3", "'@SUM(A1)"} <= cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_amounts_can_be_summed_and_pages_are_addresses(administrator: Client) -> None:
    project = proposals.project(cost_minor=1250, currency="EUR")
    header, row = table(administrator, "/admin/proposals/project/export/")
    found = dict(zip(header, row, strict=True))
    assert (found["Cost"], found["Cost (currency)"]) == ("12.50", "EUR")
    assert found["Page"] == f"{settings.SITE_URL}{project.get_absolute_url()}"
    assert found["State"] == project.get_state_display()


@pytest.mark.parametrize("group", ["finance-officers", "moderators", None])
def test_only_who_may_see_a_list_takes_it_away(client: Client, group: str | None) -> None:
    client.force_login(accounts.staff(group) if group else accounts.person())
    answer = client.post("/admin/accounts/residency/export/")
    assert answer.status_code in (302, 403)
    assert not Event.objects.filter(kind="list.exported").exists()


def test_that_it_was_taken_away_is_recorded_without_what_was_searched_for(administrator: Client) -> None:
    accounts.person(name="Ada Lind")
    assert administrator.get(PERSONS).status_code == 405
    table(administrator, f"{PERSONS}?q=Lind&is_staff__exact=0")
    event = Event.objects.get(kind="list.exported")
    assert event.payload == {"list": "accounts.Person", "rows": 1, "filters": ["is_staff__exact", "q"]}
    assert str(event.actor) == event.subject_id


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        table(client, address)
    return len(asked)


def test_an_export_takes_as_many_statements_for_many_rows(administrator: Client) -> None:
    accounts.person()
    statements(administrator, PERSONS)
    few = statements(administrator, PERSONS)
    accounts.people(30)
    assert statements(administrator, PERSONS) == few


def test_rows_come_in_batches_by_key_each_once(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "ROWS_A_STATEMENT", 4)
    names = {person.name for person in accounts.people(11)}
    rows = [row[0] for row in table(administrator, PERSONS)]
    assert names <= set(rows)
    assert len(rows) == len(set(rows))
