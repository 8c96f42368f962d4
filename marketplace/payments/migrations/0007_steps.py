"""States are legal from the first row on, and each step is told by its event, also in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0006_ways_out"), ("core", "0005_guards")]
    operations = [run_sql("marketplace.payments", "steps_0007", "charges_0007")]
