"""The desk ends a confirmation of a resident that was wrong."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_endings")]
    operations = [run_sql("civic.accounts", "steps_0009")]
