"""Statements, their lines, payment files and what is asked of payers begin and change by their verbs, also in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0014_onward")]
    operations = [run_sql("marketplace.payments", "begins_0015")]
