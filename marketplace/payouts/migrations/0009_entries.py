"""An entry moves no more than what it is of; a line of a statement may be sent back again once a transfer has failed."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payouts", "0008_entries"), ("payments", "0012_statements")]
    operations = [run_sql("marketplace.payouts", "owed_0009", "entries_0009")]
