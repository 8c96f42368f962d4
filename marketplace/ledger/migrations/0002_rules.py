"""What the database itself refuses, whoever asks: DOMAIN 3 and the sealing of the ledger."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("core", "0002_rules")]
    operations = [
        run_sql("marketplace.ledger", "keys", "balances", "posting", "checkpoints", "sealing", "append_only")
    ]
