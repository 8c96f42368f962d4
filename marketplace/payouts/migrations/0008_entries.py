"""An entry is of something that is there, an approval is told, and no moment is infinite."""

from django.db import migrations

from civic.core.sql import keep_finite, run_sql

SLICES = (
    *("accounts", "calls", "campaigns", "contributions", "core", "delivery", "discussion", "invoicing"),
    *("ledger", "matching", "notifications", "payments", "payouts", "proposals", "sponsorship", "voting"),
)


class Migration(migrations.Migration):
    dependencies = [
        # Each slice's newest: their columns keep out what is infinite.
        ("payouts", "0007_owed"),
        ("accounts", "0007_queues"),
        ("calls", "0005_steps"),
        ("campaigns", "0008_all_months"),
        ("contributions", "0002_steps"),
        ("core", "0007_queues"),
        ("delivery", "0004_steps"),
        ("discussion", "0002_steps"),
        ("invoicing", "0006_issuer_told"),
        ("ledger", "0004_true_links"),
        ("matching", "0010_booked"),
        ("notifications", "0001_initial"),
        ("payments", "0011_queues"),
        ("proposals", "0005_steps"),
        ("sponsorship", "0006_credit_notes"),
        ("voting", "0008_unlinked"),
    ]
    operations = [run_sql("marketplace.payouts", "entries_0008"), keep_finite(*SLICES)]
