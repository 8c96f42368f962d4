"""Of a refund that has gone after all no more is borne or owed again than it has cost."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("payouts", "0017_returned"),
        ("invoicing", "0008_reversals"),
        ("payments", "0027_refunds"),
    ]
    operations = [run_sql("marketplace.payouts", "entries_0018")]
