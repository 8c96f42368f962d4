"""A claim whose payment the bank has taken back is owed again."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0012_statements")]
    operations = [run_sql("marketplace.payments", "claims_0013")]
