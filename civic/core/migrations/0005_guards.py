"""Rules for whoever does not own the tables: rows begin at the beginning and move by told steps."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("core", "0004_put_off")]
    operations = [run_sql("civic.core", "guards_0005", "seals_0005")]
