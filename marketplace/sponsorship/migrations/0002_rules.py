"""What sponsorships hold in the database itself, and what of them counts."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("sponsorship", "0001_initial"), ("core", "0002_rules")]
    operations = [run_sql("marketplace.sponsorship", "sponsorships", "standing")]
