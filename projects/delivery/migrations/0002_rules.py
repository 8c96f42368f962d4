"""At the end of each transaction milestones make the whole; no project is at work without; shares stay as they are."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial"), ("core", "0002_rules")]
    operations = [run_sql("projects.delivery", "milestones")]
