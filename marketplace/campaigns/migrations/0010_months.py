"""Months are those that a pledge has promised, and a changed amount is told, also in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0009_names")]
    operations = [run_sql("marketplace.campaigns", "months_0010")]
