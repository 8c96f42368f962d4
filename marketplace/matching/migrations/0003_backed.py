"""A match counts as far as the gifts stand that brought it."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_rules"), ("campaigns", "0004_stays_open")]
    operations = [run_sql("marketplace.matching", "standing_0003", "funds_0003")]
