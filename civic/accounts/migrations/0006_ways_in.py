"""Ways into an account, and what makes somebody powerful, are told in the log, also in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0005_staff_invitations"),
        ("core", "0005_guards"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [run_sql("civic.accounts", "steps_0006", "ways_in_0006")]
