"""Phases and areas of a call are as the log tells them."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_endings"), ("calls", "0005_steps"), ("core", "0008_outbox")]
    operations = [run_sql("projects.calls", "plans_0006")]
