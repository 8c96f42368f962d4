"""Charges, refunds and transfers stay on record."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_asked_by_the_clock"), ("core", "0002_rules")]
    operations = [run_sql("marketplace.payments", "amounts_0005")]
