"""Who says something of a payment, a file or a claim that another one confirms is told as the actor."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0023_claims")]
    operations = [run_sql("marketplace.payments", "proposed_0024")]
