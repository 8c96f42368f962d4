"""What was set apart for a payout that does not leave goes back."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payouts", "0002_rules"), ("matching", "0003_backed")]
    operations = [run_sql("marketplace.payouts", "payouts_0003")]
