"""What funds bring for gifts that stand in part."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("matching", "0005_steps"), ("campaigns", "0006_disputes")]
    operations = [run_sql("marketplace.matching", "standing_0006")]
