"""States are legal from the first row on, and each step is told by its event, also in SQL."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_letters_and_ages"), ("core", "0005_guards")]
    operations = [run_sql("civic.accounts", "steps_0004", "powers_0004")]
