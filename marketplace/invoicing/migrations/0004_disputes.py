"""A payment may be lost in several disputes, a part in each: each reversal names its dispute."""

import django.db.models.deletion
from django.db import migrations, models

from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0003_own_charges"),
        ("payments", "0008_disputes"),
    ]

    operations = [
        migrations.AddField(
            model_name="invoicepaymentreversal",
            name="dispute",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversal",
                to="payments.dispute",
            ),
        ),
        migrations.AlterField(
            model_name="invoicepaymentreversal",
            name="payment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversals",
                to="invoicing.invoicepayment",
            ),
        ),
        run_sql("marketplace.invoicing", "reversals_0004"),
        migrations.AlterField(
            model_name="invoicepaymentreversal",
            name="dispute",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="reversal", to="payments.dispute"
            ),
        ),
        run_sql("marketplace.invoicing", "invoices_0004"),
    ]
