from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("voting", "0004_explained"),
        ("calls", "0004_minimum_age"),
        ("accounts", "0003_letters_and_ages"),
    ]

    operations = [run_sql("projects.voting", "entitled")]
