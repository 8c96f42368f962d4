"""What counts of a payment that is disputed or lost in part."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0005_steps"), ("payments", "0008_disputes")]
    operations = [run_sql("marketplace.campaigns", "standing_0006")]
