"""Of a credit that the bank takes back, what a fund or a refund bears is not taken a second time."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payouts", "0014_taken"), ("payments", "0022_named")]
    operations = [run_sql("marketplace.payouts", "entries_0015")]
