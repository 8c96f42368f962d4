"""What is published is what was found, what a dataset says changes with its event, and search finds keywords."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_source"), ("accounts", "0009_wrong_confirmations")]
    operations = [run_sql("datasets.catalogue", "told_0006", "search_0006")]
