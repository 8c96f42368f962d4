"""The residents' register changes as its events tell."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_kinds")]
    operations = [run_sql("civic.accounts", "register_0012")]
