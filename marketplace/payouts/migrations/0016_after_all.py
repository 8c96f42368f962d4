"""A refund that has gone after all is borne by its campaign, or owed again of its invoice."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payouts", "0015_parts"), ("invoicing", "0007_reversals"), ("payments", "0025_refunds")]
    operations = [run_sql("marketplace.payouts", "entries_0016")]
