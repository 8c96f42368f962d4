"""A payment is taken off by what is lost of it, no less."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0007_reversals"), ("payments", "0027_refunds")]
    operations = [run_sql("marketplace.invoicing", "reversals_0008")]
