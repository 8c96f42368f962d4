"""Disputes have rows: of a part of a charge, decided in part, again, with their deadlines."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import civic.core.ids
from civic.core.sql import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0007_steps"),
        ("ledger", "0004_true_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChargeStanding",
            fields=[
                (
                    "charge",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="figures",
                        serialize=False,
                        to="payments.charge",
                    ),
                ),
                ("purpose", models.CharField(max_length=80, verbose_name="purpose")),
                ("paid", models.BigIntegerField(verbose_name="paid")),
                ("returned", models.BigIntegerField(verbose_name="returned")),
                ("disputed", models.BigIntegerField(verbose_name="disputed")),
            ],
            options={
                "db_table": "payments_chargestanding",
                "managed": False,
            },
        ),
        migrations.AddField(
            model_name="demopayment",
            name="disputes",
            field=models.JSONField(default=list, verbose_name="disputes"),
        ),
        migrations.AddField(
            model_name="demopayment",
            name="taken_minor",
            field=models.BigIntegerField(default=0, verbose_name="taken back"),
        ),
        migrations.CreateModel(
            name="Dispute",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("amount_minor", models.BigIntegerField(verbose_name="amount in minor units")),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="reason, as the provider names it"
                    ),
                ),
                ("evidence_due_at", models.DateTimeField(null=True, verbose_name="evidence is due")),
                ("opened_at", models.DateTimeField(verbose_name="opened")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="evidence sent")),
                ("reminded_at", models.DateTimeField(null=True, verbose_name="reminded of")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("lost_minor", models.BigIntegerField(null=True, verbose_name="lost, in minor units")),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="payments.charge",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispute",
                "verbose_name_plural": "disputes",
                "indexes": [
                    models.Index(
                        condition=models.Q(("decided_at", None)),
                        fields=["evidence_due_at"],
                        name="dispute_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("charge", "number"), name="disputes_are_numbered"),
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__gt", 0), ("number__gt", 0)),
                        name="dispute_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("lost_minor", None)),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("lost_minor__gte", 0),
                                ("lost_minor__lte", models.F("amount_minor")),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_loses_no_more_than_its_amount",
                    ),
                ],
            },
        ),
        run_sql("marketplace.payments", "disputes_0008"),
    ]
