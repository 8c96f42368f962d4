"""Rules for whoever does not own the tables: rows begin at the beginning and move by told steps."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("core", "0003_asked_by_the_clock")]
    operations = [run_sql("civic.core", "guards_0004", "seals_0004")]
