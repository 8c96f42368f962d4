"""One row that fails is put off with its reason and holds up nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from civic.accounts.models import Area
from civic.core import job_actions, row_steps
from civic.core.errors import Forbidden
from civic.core.models import PutOff
from tests.factories import accounts

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
TASK = "areas to be counted"


def take(poison: set[str], *, at: datetime = AT, limit: int = 2) -> list[str]:
    """The names of the areas that had their turn, where some fail."""
    done: list[str] = []

    def step(area: Area) -> bool:
        if area.name in poison:
            raise ValueError(f"{area.name} is poison")
        done.append(area.name)
        return True

    rows = Area.objects.order_by("name")
    assert row_steps.each(TASK, rows, step, at=at, limit=limit) == len(done)
    return done


@pytest.fixture
def areas() -> None:
    Area.objects.all().delete()
    for name in "abcd":
        accounts.area(name)


@pytest.mark.usefixtures("areas")
def test_as_many_poison_rows_as_a_task_takes_keep_no_other_from_its_turn_m5() -> None:
    assert take({"a", "b"}) == []
    assert take({"a", "b"}) == ["c", "d"]
    kept = PutOff.objects.order_by("pk")
    assert [one.reason for one in kept] == ["ValueError: a is poison", "ValueError: b is poison"]
    # Its pause over, it is tried again, and waits longer.
    later = AT + row_steps.PAUSES[0]
    assert take({"a", "b"}, at=later) == []
    assert {(one.failures, one.due_at) for one in PutOff.objects.all()} == {(2, later + row_steps.PAUSES[1])}
    assert take(set(), at=later + timedelta(days=1), limit=4) == ["a", "b", "c", "d"]
    assert not PutOff.objects.exists()


@pytest.mark.usefixtures("areas")
def test_the_desk_shows_what_is_put_off_and_tries_it_at_once_m5(client: Client) -> None:
    take({"a"})
    put_off = PutOff.objects.get()
    client.force_login(accounts.superuser())
    page = client.get(reverse("admin:core_putoff_changelist"))
    assert "a is poison" in page.content.decode()
    with pytest.raises(Forbidden):
        job_actions.try_row_now(actor=accounts.staff("moderators"), put_off=put_off, at=AT)
    job_actions.try_row_now(actor=accounts.superuser(), put_off=put_off, at=AT)
    assert take(set(), limit=4) == ["a", "b", "c", "d"]
