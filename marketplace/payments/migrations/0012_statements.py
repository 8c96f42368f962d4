"""What the bank takes back, what could not be sent back, and which statements of the bank are missing."""

import django.db.models.deletion
from django.db import migrations, models

from civic.core.sql import run_sql

PROPOSALS = [
    ("charge", "it pays this charge, or a part of it"),
    ("return", "send it back"),
    ("double", "the same movement as another line"),
    ("income", "income of the city, of no project"),
    ("fund", "money for a match fund"),
    ("stripe", "Stripe's payout to the city"),
    ("back", "a transfer or refund of ours that came back"),
    ("sent", "a transfer, refund or payment file of ours"),
    ("fee", "the bank's fee"),
    ("taken", "a credit that the bank took back"),
]


class Migration(migrations.Migration):
    dependencies = [("payments", "0011_queues")]
    operations = [
        migrations.AddField(
            "statement", "opening_minor", models.BigIntegerField("opening balance in minor units", null=True)
        ),
        migrations.AddField(
            "statement",
            "first_number",
            models.PositiveBigIntegerField("number of its first statement", null=True),
        ),
        migrations.AddField(
            "statement",
            "last_number",
            models.PositiveBigIntegerField("number of its last statement", null=True),
        ),
        migrations.AddField(
            "statement", "gaps", models.PositiveIntegerField("statements missing in the file", default=0)
        ),
        migrations.AddField(
            "statementline", "is_reversal", models.BooleanField("the bank calls it a reversal", default=False)
        ),
        migrations.AddField(
            "statementline",
            "reverses",
            models.ForeignKey(
                "payments.statementline",
                on_delete=django.db.models.deletion.PROTECT,
                null=True,
                related_name="reversals",
                verbose_name="takes back",
            ),
        ),
        migrations.AlterField(
            "statementline",
            "proposal",
            models.CharField("what is proposed", max_length=6, blank=True, choices=PROPOSALS),
        ),
        migrations.AddConstraint(
            "statementline",
            models.UniqueConstraint(
                fields=["reverses"], condition=models.Q(state="settled"), name="one_reversal_a_line"
            ),
        ),
        run_sql("marketplace.payments", "steps_0012"),
    ]
