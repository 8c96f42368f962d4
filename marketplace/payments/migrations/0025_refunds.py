"""What a payer has paid of claims may be owed back."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0024_proposed")]
    operations = [run_sql("marketplace.payments", "refunds_0025")]
