"""The database makes the marks of voters itself, and ballots no longer lie in the order in which they came."""

import hmac
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import migrations, models

from civic.core.sql import run_sql

AT_ONCE = 10_000  # people whose marks are in memory
BALLOTS = """UPDATE voting_ballot SET voter = mark.fresh FROM unnest(%s::text[], %s::text[]) AS mark (old, fresh)
    WHERE call_id = %s AND voter = mark.old"""
PAPERS = """UPDATE voting_papervoter SET voter = mark.fresh FROM unnest(%s::text[], %s::text[]) AS mark (old, fresh)
    WHERE call_id = %s AND voter = mark.old"""


def new_marks(apps: Any, schema_editor: Any) -> None:
    """Gives polls the digest of their key, and ballots that are there the marks that voting_cast will make."""
    key = settings.BALLOT_HMAC_KEY.encode()
    people = apps.get_model("accounts", "Person").objects.order_by("pk")
    polls = apps.get_model("voting", "Poll").objects.all()
    database = schema_editor.connection
    with database.cursor() as cursor:
        for poll in polls.iterator():
            call_key = hmac.digest(key, f"call\x1f{poll.call_id}".encode(), "sha256")
            polls.filter(pk=poll.pk).update(key_digest=sha256(call_key).hexdigest())
            for marks in _batches(people, key, call_key, poll.call_id):
                for statement in (BALLOTS, PAPERS):
                    cursor.execute(statement, [list(marks), list(marks.values()), poll.call_id])


def _batches(people: Any, key: bytes, call_key: bytes, call_id: Any) -> Any:
    marks: dict[str, str] = {}
    for person in people.values_list("pk", flat=True).iterator(AT_ONCE):
        old = hmac.digest(key, f"voter\x1f{call_id}\x1f{person}".encode(), "sha256").hex()
        marks[old] = hmac.digest(call_key, str(person).encode(), "sha256").hex()
        if len(marks) == AT_ONCE:
            yield marks
            marks = {}
    if marks:
        yield marks


class Migration(migrations.Migration):
    dependencies = [("voting", "0007_steps"), ("accounts", "0005_staff_invitations")]
    operations = [
        migrations.AddField(
            "poll",
            "key_digest",
            models.CharField(
                blank=True, editable=False, max_length=64, verbose_name="digest of the key", default=""
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "poll",
            "shuffled_until",
            models.DateTimeField(editable=False, null=True, verbose_name="shuffled until"),
        ),
        migrations.RunSQL(
            "ALTER TABLE voting_ballot DISABLE TRIGGER voting_ballot_guard;"
            "ALTER TABLE voting_papervoter DISABLE TRIGGER voting_papervoter_guard"
        ),
        migrations.RunPython(new_marks),
        migrations.RunSQL(
            "ALTER TABLE voting_ballot ENABLE TRIGGER voting_ballot_guard;"
            "ALTER TABLE voting_papervoter ENABLE TRIGGER voting_papervoter_guard"
        ),
        run_sql("projects.voting", "casting_0008", "shuffling_0008"),
    ]
