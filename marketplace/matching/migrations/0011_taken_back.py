"""The bank may take back a credit that was a fund's deposit: the deposit is in the fund no more."""

from django.db import migrations, models
from django.db.models import Q

from civic.core.sql import keep_finite, run_sql


class Migration(migrations.Migration):
    dependencies = [("matching", "0010_booked")]
    operations = [
        migrations.AddField(
            "deposit",
            "taken_back_at",
            models.DateTimeField("taken back by the bank", null=True, editable=False),
        ),
        migrations.AddConstraint(
            "deposit",
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(confirmed_at__isnull=False),
                name="deposit_taken_back_was_there",
            ),
        ),
        run_sql("marketplace.matching", "taken_0011"),
        keep_finite("matching"),
    ]
