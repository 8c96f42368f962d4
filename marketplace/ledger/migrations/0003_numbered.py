"""Numbers of postings come from their sequence."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_rules")]
    operations = [run_sql("marketplace.ledger", "posting_0003")]
