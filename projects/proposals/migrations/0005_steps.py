"""States are legal from the first row on, and each step is told by its event, also in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("proposals", "0004_picture_files"), ("core", "0005_guards")]
    operations = [run_sql("projects.proposals", "steps_0005")]
