"""What providers told is heard soon."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0010_claims"), ("core", "0007_queues")]
    operations = [run_sql("marketplace.payments", "queues_0011")]
