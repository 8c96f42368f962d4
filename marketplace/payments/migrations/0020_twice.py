"""A file that was fetched is withdrawn by two, and a line may show that something has left once more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from civic.core.sql import run_sql

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
    ("twice", "a transfer or refund of ours that has left once more"),
    ("fee", "the bank's fee"),
    ("taken", "a credit that the bank took back"),
]


def said(words: str) -> models.ForeignKey:
    """Who of the finance officers says so."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        verbose_name=words,
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("payments", "0019_refused"),
    ]
    operations = [
        migrations.AddField(
            "bankorder", "withdrawal_proposed_by", said("says that it never went to the bank")
        ),
        migrations.AddField(
            "bankorder", "withdrawal_confirmed_by", said("confirmed that it never went to the bank")
        ),
        migrations.AddConstraint(
            "bankorder",
            models.CheckConstraint(
                condition=Q(withdrawal_confirmed_by=None)
                | Q(withdrawal_proposed_by__isnull=False)
                & ~Q(withdrawal_confirmed_by=F("withdrawal_proposed_by")),
                name="bank_order_withdrawn_by_two",
            ),
        ),
        migrations.AlterField(
            "statementline",
            "proposal",
            models.CharField("what is proposed", max_length=6, blank=True, choices=PROPOSALS),
        ),
        run_sql("marketplace.payments", "withdrawn_0020"),
    ]
