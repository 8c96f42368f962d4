from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("voting", "0003_day_only"),
        ("calls", "0003_minimum_age"),
        ("accounts", "0003_letters_and_ages"),
    ]

    operations = [run_sql("projects.voting", "entitled")]
