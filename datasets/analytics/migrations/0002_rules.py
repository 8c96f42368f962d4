"""A saved query is written once; no date is infinite."""

from django.db import migrations

from civic.core.sql import keep_finite, run_sql


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_initial"), ("core", "0006_kinds")]
    operations = [run_sql("datasets.analytics", "saved_queries"), keep_finite("analytics")]
