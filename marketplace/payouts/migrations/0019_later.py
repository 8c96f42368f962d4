"""What makes a loss good later is of its kind, and numbered one after the other."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payouts", "0018_gone_after_all"), ("matching", "0012_paid")]
    operations = [run_sql("marketplace.payouts", "entries_0019")]
