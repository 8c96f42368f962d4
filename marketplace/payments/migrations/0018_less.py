"""A transfer or refund of ours may come back less what the bank keeps for it."""

from django.db import migrations, models

PROPOSALS = [
    ("charge", "it pays this charge, or a part of it"),
    ("return", "send it back"),
    ("double", "the same movement as another line"),
    ("income", "income of the city, of no project"),
    ("fund", "money for a match fund"),
    ("stripe", "Stripe's payout to the city"),
    ("back", "a transfer or refund of ours that came back"),
    ("less", "a transfer or refund of ours that came back less the bank's fee"),
    ("sent", "a transfer, refund or payment file of ours"),
    ("fee", "the bank's fee"),
    ("taken", "a credit that the bank took back"),
]


class Migration(migrations.Migration):
    dependencies = [("payments", "0017_paid_before")]
    operations = [
        migrations.AlterField(
            "statementline",
            "proposal",
            models.CharField("what is proposed", max_length=6, blank=True, choices=PROPOSALS),
        ),
    ]
