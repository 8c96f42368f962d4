"""A published input changes by an event that tells of it."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("matching", "0008_disputed")]
    operations = [run_sql("marketplace.matching", "inputs_0009")]
