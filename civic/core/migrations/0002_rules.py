"""Append-only rows, the event log's outbox, and transitions in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [run_sql("civic.core", "append_only", "events", "states")]
