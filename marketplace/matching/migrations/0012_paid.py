"""What is paid of a match is what the ledger says, also in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("matching", "0011_taken_back"), ("ledger", "0004_true_links")]
    operations = [run_sql("marketplace.matching", "paid_0012")]
