"""States are legal from the first row on, and each step is told by its event, also in SQL."""

from django.db import migrations

from civic.core.sql import keep_finite, run_sql


class Migration(migrations.Migration):
    dependencies = [("reuses", "0001_initial"), ("core", "0005_guards")]
    operations = [run_sql("datasets.reuses", "steps_0002"), keep_finite("reuses")]
