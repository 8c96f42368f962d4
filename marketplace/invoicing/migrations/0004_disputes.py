"""A payment may be lost in several disputes, a part in each: each reversal names its dispute."""

import django.db.models.deletion
from django.db import migrations, models

from civic.core.sql import run_sql

# Until now a payment had one reversal, of the last dispute of its charge. Reversals are append-only: the trigger is off
# for this one statement. Foreign keys are checked at once, since a table with checks to come can't be altered.
NAMED = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE invoicing_invoicepaymentreversal DISABLE TRIGGER invoicing_invoicepaymentreversal_append_only;
UPDATE invoicing_invoicepaymentreversal reversal SET dispute_id = (
    SELECT dispute.id FROM payments_dispute dispute
    JOIN invoicing_invoicepayment payment ON payment.charge_id = dispute.charge_id
    WHERE payment.id = reversal.payment_id ORDER BY dispute.number DESC LIMIT 1
);
ALTER TABLE invoicing_invoicepaymentreversal ENABLE TRIGGER invoicing_invoicepaymentreversal_append_only;
"""


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
        migrations.RunSQL(NAMED, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="invoicepaymentreversal",
            name="dispute",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="reversal", to="payments.dispute"
            ),
        ),
        run_sql("marketplace.invoicing", "invoices_0004"),
    ]
