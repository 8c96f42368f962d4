"""A step of an upload is due soon."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_rules"), ("core", "0007_queues")]
    operations = [run_sql("datasets.catalogue", "queues_0003")]
