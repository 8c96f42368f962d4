"""By SQL as the application role nothing is put off for good, and no moment is infinite."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.apps import apps

from civic.core import row_steps, work
from civic.core.models import PutOff
from marketplace.payments.models import Command
from tests.whole.application_role import outcome, session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]
__all__ = ["session"]

OURS = {"civic", "datasets", "projects", "marketplace"}
QUEUES = [queue for queue in apps.get_models() if issubclass(queue, work.Job)]


@pytest.mark.parametrize("queue", [*QUEUES, PutOff], ids=lambda queue: queue.__name__)
def test_durable_work_is_put_off_no_longer_than_the_code_does_1127_v7(
    session: psycopg.Cursor, queue: type[Any]
) -> None:
    """Whoever holds the role silences no mail, event or message by a due date that never comes."""
    held = {"leased_until": queue.held_for} if issubclass(queue, work.Job) else {}
    for column, most in {"due_at": max(getattr(queue, "pauses", row_steps.PAUSES)), **held}.items():
        triggers = session.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [queue._meta.db_table],
        ).fetchall()
        guards = [text for (text,) in triggers if f"new.{column} >" in text and "core_owner_alone" in text]
        assert [one.split()[3] for one in guards] == ["INSERT", "UPDATE"] or len(guards) == 2
        for seconds, refused in ((most.total_seconds() - 60, False), (most.total_seconds() + 600, True)):
            late = f"now() + interval '{seconds} seconds'"
            said = outcome(session, f"UPDATE {queue._meta.db_table} SET {column} = {late}")
            assert said == ("refused" if refused and queue.objects.exists() else "done")


def test_no_date_or_moment_is_infinite_1127_v7(session: psycopg.Cursor) -> None:
    """Python reads none: the page of such a row would be an error until an owner repairs it."""
    ours = {model._meta.db_table for model in apps.get_models() if model.__module__.split(".")[0] in OURS}
    columns = session.execute(
        """SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0
            WHERE relkind = 'r' AND atttypid IN ('timestamptz'::regtype, 'date'::regtype) AND NOT attisdropped"""
    ).fetchall()
    checks = {text for (text,) in session.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint")}
    wanted = [
        (table, column)
        for table, column in columns
        if table in ours and not table.startswith(("demo", "pages"))
    ]
    assert len(wanted) > 150
    assert [one for one in wanted if f"CHECK (isfinite({one[1]}))" not in checks] == []


@pytest.mark.parametrize(
    ("column", "most"), [("due_at", max(Command.pauses)), ("leased_until", work.LEASE)], ids=str
)
def test_a_command_is_put_off_no_longer_than_the_code_does_1127_v7(
    session: psycopg.Cursor, column: str, most: timedelta
) -> None:
    put = f"UPDATE payments_command SET {column} = "
    assert outcome(session, f"{put} now() + interval '{most.total_seconds()} seconds'") == "done"
    for longer in ("'infinity'", "'9999-01-01'", f"now() + interval '{most.total_seconds() + 600} seconds'"):
        assert outcome(session, put + longer) == "refused"
