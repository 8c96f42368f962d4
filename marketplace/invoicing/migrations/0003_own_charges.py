"""An invoice is paid by its own charges."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0002_rules"), ("payments", "0005_kept")]
    operations = [run_sql("marketplace.invoicing", "invoices_0003")]
