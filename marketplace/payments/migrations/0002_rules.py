"""Refunds never exceed their charge, and amounts never change, whoever asks the database."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("core", "0002_rules")]
    operations = [run_sql("marketplace.payments", "amounts")]
