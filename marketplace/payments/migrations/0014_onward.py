"""Payers are sent on to their provider alone, and a transfer keeps its reference."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("core", "0008_outbox"), ("payments", "0013_claims_reopen")]
    operations = [run_sql("marketplace.payments", "onward_0014")]
