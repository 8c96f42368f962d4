"""How far a count has come is said of sealed ballots alone."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("voting", "0009_elsewhere")]
    operations = [run_sql("projects.voting", "counting_0010")]
