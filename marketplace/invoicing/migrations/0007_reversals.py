"""A refund that a dispute had paid and that has gone after all takes a payment off once more."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0006_issuer_told"), ("payments", "0025_refunds")]
    operations = [
        migrations.AlterField(
            "invoicepaymentreversal",
            "dispute",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reversals", to="payments.dispute"
            ),
        ),
        migrations.AddField(
            "invoicepaymentreversal",
            "refund",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversal",
                to="payments.refund",
            ),
        ),
        migrations.AddConstraint(
            "invoicepaymentreversal",
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(refund=None), name="reversal_once_by_a_dispute"
            ),
        ),
        run_sql("marketplace.invoicing", "reversals_0007"),
    ]
