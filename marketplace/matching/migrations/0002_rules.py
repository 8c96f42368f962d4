"""What match funds hold in the database itself."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial"), ("core", "0002_triggers")]
    operations = [run_sql("marketplace.matching", "funds", "standing")]
