"""The account that what a line has paid goes back to is kept with it."""

from django.db import migrations, models

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0020_twice")]
    operations = [
        migrations.AddField(
            "linepayment", "name", models.CharField("goes back to", max_length=140, blank=True)
        ),
        migrations.AddField(
            "linepayment", "iban", models.CharField("goes back to the account", max_length=34, blank=True)
        ),
        run_sql("marketplace.payments", "accounts_0021"),
    ]
