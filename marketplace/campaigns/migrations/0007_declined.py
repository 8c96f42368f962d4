"""A first month that was declined is promised no more, and can be cancelled; backers are shown by lot."""

import django.db.models
from django.db import migrations
from django.db.models.functions import MD5, Cast

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0006_disputes")]
    operations = [
        run_sql("marketplace.campaigns", "standing_0007"),
        # Of the latest backers, who are not shown any more.
        migrations.RemoveIndex(model_name="pledge", name="pledge_of_campaign"),
        migrations.AddIndex(
            model_name="pledge",
            index=django.db.models.Index(
                django.db.models.F("campaign"),
                MD5(Cast("id", django.db.models.TextField())),
                name="pledge_lot",
            ),
        ),
    ]
