"""The sum of a threshold does not count while gifts in dispute are needed for it."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("matching", "0007_counted"), ("campaigns", "0007_declined")]
    operations = [run_sql("marketplace.matching", "standing_0008")]
