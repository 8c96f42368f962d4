"""What sponsorships hold in the database itself."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("sponsorship", "0001_initial")]
    operations = [run_sql("marketplace.sponsorship", "sponsorships", "standing")]
