"""Entries of a fund's deposit that the bank takes back, and of the bank's fee for what came back to us."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payouts", "0011_charges"), ("matching", "0011_taken_back"), ("payments", "0018_less")]
    operations = [run_sql("marketplace.payouts", "entries_0012")]
