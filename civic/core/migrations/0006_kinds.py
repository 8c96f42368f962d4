"""Events of the application role are of kinds that have the form of ours."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("core", "0005_guards")]
    operations = [run_sql("civic.core", "kinds_0006")]
