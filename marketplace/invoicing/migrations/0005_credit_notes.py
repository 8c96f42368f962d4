"""An invoice may have several credit notes, each with what of a payment it gives back."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import civic.core.ids
from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0004_disputes"),
        ("ledger", "0004_true_links"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invoice",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credit_notes",
                to="invoicing.invoice",
            ),
        ),
        migrations.CreateModel(
            name="CreditedPayment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=civic.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created",
                    ),
                ),
                ("amount_minor", models.BigIntegerField(verbose_name="amount in minor units")),
                ("net_minor", models.BigIntegerField(verbose_name="of it net")),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given_back",
                        to="invoicing.invoice",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="invoicing.invoicepayment",
                    ),
                ),
            ],
            options={
                "verbose_name": "credited payment of an invoice",
                "verbose_name_plural": "credited payments of invoices",
                "constraints": [
                    models.UniqueConstraint(fields=("payment", "note"), name="one_credit_a_payment_and_note"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_minor__gt", 0),
                            ("net_minor__gte", 0),
                            ("net_minor__lte", models.F("amount_minor")),
                        ),
                        name="credited_payment_positive",
                    ),
                ],
            },
        ),
        run_sql("marketplace.invoicing", "invoices_0005"),
    ]
