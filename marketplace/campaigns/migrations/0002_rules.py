"""What campaigns and pledges hold in the database itself, and what of a pledge counts."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial"), ("core", "0002_rules")]
    operations = [run_sql("marketplace.campaigns", "campaigns", "pledges", "standing")]
