"""States are legal from the first row on, and each step is told by its event, also in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_returns"), ("core", "0005_guards"), ("accounts", "0004_steps")]
    operations = [run_sql("marketplace.matching", "steps_0005", "officers_0005")]
