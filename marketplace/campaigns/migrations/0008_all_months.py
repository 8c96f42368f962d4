"""What one person may pledge is counted with all months."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0007_declined")]
    operations = [run_sql("marketplace.campaigns", "pledges_0008")]
