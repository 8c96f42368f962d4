"""Entries of a line are what two have said of it, and of a credit that the bank takes back no more than it."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payouts", "0013_twice"), ("payments", "0022_named")]
    operations = [run_sql("marketplace.payouts", "entries_0014")]
