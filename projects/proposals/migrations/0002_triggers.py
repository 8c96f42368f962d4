"""Counts of support that no request writes, revisions that stay, and terms that freeze on the ballot."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial")]
    operations = [run_sql("projects.proposals", "support", "revisions", "terms")]
