"""A command to send money is over once the money has been sent."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0008_disputes")]
    operations = [run_sql("marketplace.payments", "commands_0009")]
