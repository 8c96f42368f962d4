"""What a fund has promised is what the ledger says."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("matching", "0009_inputs"), ("core", "0007_queues")]
    operations = [run_sql("marketplace.matching", "booked_0010")]
