"""Until when a saved query can be embedded by a token, so that its publisher sees it."""

from django.db import migrations, models

from civic.core.sql import keep_finite


class Migration(migrations.Migration):
    dependencies = [("analytics", "0002_rules")]
    operations = [
        migrations.AddField(
            "savedquery",
            "embedded_until",
            models.DateTimeField(editable=False, null=True, verbose_name="embedded until"),
        ),
        migrations.AddIndex(
            "savedquery",
            models.Index(
                condition=models.Q(("embedded_until__isnull", False), ("removed_at", None)),
                fields=["dataset", "embedded_until"],
                name="saved_query_embedded",
            ),
        ),
        keep_finite("analytics"),
    ]
