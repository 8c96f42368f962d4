"""What match funds hold in the database itself, and what of an allocation counts."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial"), ("core", "0002_rules"), ("campaigns", "0002_rules")]
    operations = [run_sql("marketplace.matching", "funds", "standing")]
