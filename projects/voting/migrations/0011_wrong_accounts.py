"""Entitled under the lock, and papers that were noted for the wrong account."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("voting", "0010_counting")]
    operations = [run_sql("projects.voting", "wrong_accounts_0011")]
