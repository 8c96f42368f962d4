"""What a payer owes by claims counts for what may be owed to them."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0025_refunds")]
    operations = [run_sql("marketplace.payments", "refunds_0027")]
