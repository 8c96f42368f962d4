"""Bank details that nothing was paid to go with their organisation."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payouts", "0005_steps"), ("accounts", "0005_staff_invitations")]
    operations = [run_sql("marketplace.payouts", "closed_0006")]
