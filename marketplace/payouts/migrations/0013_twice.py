"""What has left once more is booked as a loss."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payouts", "0012_taken_back"), ("payments", "0020_twice")]
    operations = [run_sql("marketplace.payouts", "entries_0013")]
