from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("core", "0002_rules")]

    operations = [run_sql("civic.accounts", "people")]
