"""Durable work is due soon, and no moment is infinite."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("core", "0006_kinds")]
    operations = [run_sql("civic.core", "queues_0007")]
