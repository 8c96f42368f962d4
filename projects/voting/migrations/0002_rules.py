"""The ballot box: casting in one call of a function, and triggers that hold what a ballot may be."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("voting", "0001_initial"), ("core", "0002_rules")]
    operations = [run_sql("projects.voting", "locks", "ballots", "papers", "polls", "casting")]
