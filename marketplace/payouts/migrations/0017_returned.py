"""What comes back of a payout bears first what lost disputes had cost the city while it was away."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("payouts", "0016_after_all"),
        ("payments", "0025_refunds"),
        ("invoicing", "0007_reversals"),
    ]
    operations = [run_sql("marketplace.payouts", "entries_0017")]
