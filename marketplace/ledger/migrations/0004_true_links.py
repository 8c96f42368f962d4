"""Links and daily roots follow from the entries, also in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_numbered"), ("core", "0005_guards")]
    operations = [run_sql("marketplace.ledger", "sealing_0004")]
