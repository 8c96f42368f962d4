"""What a line of a statement has paid, and how much of each payment, has rows of its own."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models
from django.db.models import Q

import civic.core.ids
from civic.core.sql import keep_finite, run_sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0015_begins")]
    operations = [
        migrations.CreateModel(
            "LinePayment",
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
                ("amount_minor", models.BigIntegerField("of it, in minor units")),
                (
                    "line",
                    models.ForeignKey(
                        "payments.statementline",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        "payments.charge",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line_payments",
                    ),
                ),
            ],
            options={
                "verbose_name": "what a line has paid",
                "verbose_name_plural": "what lines have paid",
                "constraints": [
                    models.CheckConstraint(condition=Q(amount_minor__gt=0), name="line_payment_positive"),
                    models.UniqueConstraint(fields=["line", "charge"], name="one_payment_a_line_and_charge"),
                ],
            },
        ),
        run_sql("marketplace.payments", "paid_0016"),
        keep_finite("payments"),
    ]
