"""Answers that a release has counted are kept when they are corrected, and it is counted again by them."""

from django.db import migrations, models

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_rules")]
    operations = [
        migrations.AddField(
            "submission",
            "earlier",
            models.JSONField(default=dict, verbose_name="answers that were counted before"),
        ),
        run_sql("datasets.consent", "versions_0003"),
    ]
