"""The database makes the marks of voters itself, and ballots no longer lie in the order in which they came."""

import hmac
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import migrations, models

from civic.core.sql import run_sql

AT_ONCE = 10_000  # people whose marks are in memory


def new_marks(apps: Any, schema_editor: Any) -> None:
    """Gives polls the digest of their key, and ballots that are there the marks that voting_cast will make."""
    key = settings.BALLOT_HMAC_KEY.encode()
    people = apps.get_model("accounts", "Person").objects.order_by("pk")
    polls = apps.get_model("voting", "Poll").objects.all()
    for poll in polls.iterator():
        call_key = hmac.digest(key, f"call\x1f{poll.call_id}".encode(), "sha256")
        polls.filter(pk=poll.pk).update(key_digest=sha256(call_key).hexdigest())
        for marks in _batches(people, key, call_key, poll.call_id):
            for model in ("Ballot", "PaperVoter"):
                rows = apps.get_model("voting", model).objects
                found = list(rows.filter(call_id=poll.call_id, voter__in=list(marks)).only("voter"))
                for row in found:
                    row.voter = marks[row.voter]
                rows.bulk_update(found, ["voter"], batch_size=1000)


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
        migrations.AddField(
            "poll",
            "shuffling",
            models.BigIntegerField(editable=False, null=True, verbose_name="last line before the round"),
        ),
        run_sql("projects.voting", "remarking_0008"),
        migrations.RunPython(new_marks),
        run_sql("projects.voting", "casting_0008", "shuffling_0008"),
    ]
