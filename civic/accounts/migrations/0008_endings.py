"""How accounts, powers and memberships end is told, and nobody is erased who did not ask."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_queues"), ("core", "0008_outbox")]
    operations = [run_sql("civic.accounts", "endings_0008")]
