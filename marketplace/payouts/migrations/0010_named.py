"""An account that is paid to is named by an owner, told, and waits."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_endings"), ("core", "0008_outbox"), ("payouts", "0009_entries")]
    operations = [run_sql("marketplace.payouts", "named_0010")]
