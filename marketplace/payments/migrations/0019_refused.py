"""The bank refuses a payment out of a file, by the word of two."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from civic.core.sql import run_sql

REFUSED_BY_TWO = Q(refusal_confirmed_by=None) | (
    Q(refusal_proposed_by__isnull=False) & ~Q(refusal_confirmed_by=F("refusal_proposed_by"))
)
COLUMNS = {
    "refusal_proposed_by": "says that the bank has refused it",
    "refusal_confirmed_by": "confirmed that the bank has refused it",
}


def added(model: str) -> list[migrations.operations.base.Operation]:
    """Who has said so, and who has agreed."""
    return [
        *(
            migrations.AddField(
                model,
                name,
                models.ForeignKey(
                    settings.AUTH_USER_MODEL,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    verbose_name=words,
                ),
            )
            for name, words in COLUMNS.items()
        ),
        migrations.AddConstraint(
            model, models.CheckConstraint(condition=REFUSED_BY_TWO, name=f"{model}_refused_by_two")
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0018_less"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [*added("refund"), *added("transfer"), run_sql("marketplace.payments", "refused_0019")]
