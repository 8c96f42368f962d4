"""States are legal from the first row on, and each step is told by its event, also in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("voting", "0006_listed"), ("core", "0005_guards")]
    operations = [run_sql("projects.voting", "steps_0007", "casting_0007")]
