"""The issuer of invoices is told in the log before it counts, also in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("core", "0005_guards"), ("invoicing", "0005_credit_notes")]
    operations = [run_sql("marketplace.invoicing", "issuer_0006")]
