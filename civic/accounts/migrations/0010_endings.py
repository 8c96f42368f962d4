"""What has ended does not begin again untold: invitations, and residencies that were verified."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_wrong_confirmations")]
    operations = [run_sql("civic.accounts", "endings_0010")]
