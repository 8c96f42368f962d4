"""The entry by which a fund's deposit goes out again, as the bank has taken its credit back."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payouts", "0011_charges"), ("matching", "0011_taken_back")]
    operations = [run_sql("marketplace.payouts", "entries_0012")]
