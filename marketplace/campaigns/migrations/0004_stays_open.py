"""A campaign that was open is never a draft again."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_asked_by_the_clock"), ("core", "0002_rules")]
    operations = [run_sql("marketplace.campaigns", "campaigns_0004")]
