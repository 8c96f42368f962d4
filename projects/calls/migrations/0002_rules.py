"""Once voting has begun, what a ballot is and how it is counted stays as it was announced."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("calls", "0001_initial"), ("core", "0002_rules")]
    operations = [run_sql("projects.calls", "voting_rules")]
