"""A line of a statement may be sent back a second time, once the first transfer has failed."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payouts", "0008_entries"), ("payments", "0012_statements")]
    operations = [run_sql("marketplace.payouts", "owed_0009")]
