"""A file may come in parts: how much of it is here, and what may change of it meanwhile."""

from typing import Any

from django.db import migrations, models

from civic.core.sql import run_sql


def came_in_one_piece(apps: Any, _editor: Any) -> None:
    """Each file that is there is there as a whole."""
    apps.get_model("catalogue", "Upload").objects.update(received=models.F("size"))


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0007_answered")]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="received",
            field=models.PositiveBigIntegerField(default=0, verbose_name="bytes received"),
        ),
        migrations.AlterField(
            model_name="upload",
            name="sha256",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.RunPython(came_in_one_piece, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")), name="upload_within_its_size"
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("received", models.F("size")),
                    ("state__in", ["receiving", "discarded", "expired"]),
                    _connector="OR",
                ),
                name="upload_is_received_whole",
            ),
        ),
        run_sql("datasets.catalogue", "resumable_0008"),
    ]
