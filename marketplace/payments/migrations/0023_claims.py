"""A refund that came back and has gone after all opens a claim of its own."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0022_named")]
    operations = [
        migrations.AlterField(
            "claim",
            "dispute",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="payments.dispute"
            ),
        ),
        migrations.AddField(
            "claim",
            "refund",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="payments.refund",
            ),
        ),
        migrations.AddConstraint(
            "claim",
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(refund=None), name="claim_opened_once_by_a_dispute"
            ),
        ),
        run_sql("marketplace.payments", "claims_0023"),
    ]
