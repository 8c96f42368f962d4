"""What sponsors bring where an invoice has several credit notes."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("sponsorship", "0005_disputes"), ("invoicing", "0005_credit_notes")]
    operations = [run_sql("marketplace.sponsorship", "standing_0006")]
