"""Counts of support that no request writes, revisions that stay, terms that freeze on the ballot, and search."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial"), ("core", "0002_rules")]
    operations = [run_sql("projects.proposals", "support", "revisions", "terms", "search")]
