"""What the publisher has suspended or revoked has a column of its own; each hold is told with its side."""

from typing import Any

from django.db import migrations, models

from civic.core.sql import run_sql


def pause(apps: Any, schema_editor: Any) -> None:
    """What was suspended or revoked before by anybody but the city."""
    grants = apps.get_model("access", "Grant").objects.filter(held=False).exclude(reason="")
    grants.update(paused=True)


class Migration(migrations.Migration):
    dependencies = [("access", "0002_rules")]
    operations = [
        migrations.AddField(
            "grant",
            "paused",
            models.BooleanField(default=False, verbose_name="suspended by the publisher"),
        ),
        migrations.RunPython(pause, migrations.RunPython.noop),
        run_sql("datasets.access", "holds_0003"),
    ]
