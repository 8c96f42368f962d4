"""What sponsors bring of a payment that is disputed or lost in part."""

from django.db import migrations

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("sponsorship", "0004_steps"),
        ("invoicing", "0004_disputes"),
        ("payments", "0008_disputes"),
    ]
    operations = [run_sql("marketplace.sponsorship", "standing_0005")]
