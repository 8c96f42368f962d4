"""What invoices hold in the database itself."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0001_initial"), ("core", "0002_rules")]
    operations = [run_sql("marketplace.invoicing", "invoices")]
