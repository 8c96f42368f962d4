"""A mail is due soon."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_ways_in"), ("core", "0007_queues")]
    operations = [run_sql("civic.accounts", "queues_0007")]
