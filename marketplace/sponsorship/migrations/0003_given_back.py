"""What went back of a sponsor's payment does not count."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("sponsorship", "0002_rules"), ("invoicing", "0003_own_charges")]
    operations = [run_sql("marketplace.sponsorship", "standing_0003")]
