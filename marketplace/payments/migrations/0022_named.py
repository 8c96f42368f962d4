"""Which line another takes back, or is the same as, changes with what is said of it."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0021_accounts")]
    operations = [run_sql("marketplace.payments", "named_0022")]
