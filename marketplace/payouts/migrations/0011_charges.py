"""A charge asks for what is owed, and an entry moves it between the accounts that its key allows, also in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("payouts", "0010_named"),
        ("payments", "0015_begins"),
        ("campaigns", "0010_months"),
        ("invoicing", "0006_issuer_told"),
    ]
    operations = [run_sql("marketplace.payouts", "charges_0011", "entries_0011")]
