"""What leaves by a transfer is owed, and is in the ledger, also in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payouts", "0006_closed"), ("matching", "0005_steps"), ("payments", "0008_disputes")]
    operations = [run_sql("marketplace.payouts", "owed_0007")]
