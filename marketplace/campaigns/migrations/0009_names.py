"""Whether a backer's name is shown is told in the log."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0008_all_months"), ("core", "0008_outbox")]
    operations = [run_sql("marketplace.campaigns", "names_0009")]
