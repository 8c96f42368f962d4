"""Revisions are written once and in order, states move by their steps, search forgives; no date is infinite."""

from django.db import migrations

from civic.core.sql import keep_finite, run_sql


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial"), ("core", "0006_kinds")]
    operations = [
        run_sql("datasets.catalogue", "revisions", "search", "steps_0002"),
        keep_finite("catalogue"),
    ]
