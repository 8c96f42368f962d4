"""What holds of needs, gifts, offers and payouts of bounties, also in SQL; no date is infinite."""

from django.db import migrations

from civic.core.sql import keep_finite, run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_initial"),
        ("access", "0002_rules"),
        ("payments", "0027_refunds"),
        ("payouts", "0018_gone_after_all"),
    ]
    operations = [
        run_sql("marketplace.exchange", "gifts", "needs", "payouts", "steps_0002"),
        keep_finite("exchange"),
    ]
