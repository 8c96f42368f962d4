"""What payouts, and the success of a campaign, hold in the database itself."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("payouts", "0001_initial"),
        ("core", "0002_rules"),
        ("campaigns", "0002_rules"),
        ("matching", "0002_rules"),
        ("sponsorship", "0002_rules"),
    ]
    operations = [run_sql("marketplace.payouts", "payouts", "success")]
