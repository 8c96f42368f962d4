"""A fund's rest goes back to its funder; a frozen input knows its pledges, a fund who set it up."""

from collections import defaultdict
from typing import Any

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models
from django.utils.crypto import salted_hmac

import civic.core.ids
from civic.core.sql import run_sql

# Where no pledge is found any more: none has this id, and the gift counts as not paid.
NOBODY = "00000000-0000-0000-0000-000000000000"


def find_pledges(apps: Any, schema_editor: Any) -> None:
    """Which pledges each published gift is: by its campaign, the made-up name of its giver and the amount.

    Until today a giver had one name in a fund, and each gift was a row.
    """
    funds, pledges = apps.get_model("matching", "MatchFund"), apps.get_model("campaigns", "Pledge")
    for fund in funds.objects.exclude(published_input=None):
        gifts = fund.published_input["gifts"]
        known = defaultdict(list)
        for pledge in pledges.objects.filter(campaign__in={gift[0] for gift in gifts}).order_by("pk"):
            campaign = str(pledge.campaign_id)
            # Whoever erased the account since has no made-up name any more.
            names = _names(fund, campaign, pledge.person_id) if pledge.person_id else [""]
            for name in names:
                known[campaign, name].append(pledge)
        fund.frozen_pledges = [[_take(known, *gift)] for gift in gifts]
        fund.save(update_fields=["frozen_pledges"])


def _names(fund: Any, campaign: str, person: Any) -> list[str]:
    salts = (f"match-fund:{fund.pk}", f"match-fund:{fund.pk}:{campaign}")
    return [salted_hmac(salt, str(person), algorithm="sha256").hexdigest()[:12] for salt in salts]


def _take(known: Any, campaign: str, backer: str, minor: int) -> list[Any]:
    mine, erased = known[campaign, backer], known[campaign, ""]
    equal = [pledge for pledge in [*mine, *erased] if pledge.amount_minor == minor]
    found = next(iter([*equal, *mine]), None)
    if found is None:
        return [NOBODY, minor]
    (mine if found in mine else erased).remove(found)
    return [str(found.pk), minor]


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0003_backed"),
        ("campaigns", "0004_stays_open"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="matchfund",
            name="frozen_pledges",
            field=models.JSONField(
                editable=False,
                help_text="In their order.",
                null=True,
                verbose_name="pledges of the published gifts",
            ),
        ),
        migrations.AddField(
            model_name="matchfund",
            name="made_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="matchline",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_paid", "it was taken back, given back or not paid"),
                    ("no_residency", "its giver is no verified resident any more"),
                    ("related", "its giver has a part in the project or its fund"),
                ],
                editable=False,
                max_length=12,
                verbose_name="why",
            ),
        ),
        migrations.CreateModel(
            name="FundReturn",
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
                (
                    "state_since",
                    models.DateTimeField(editable=False, null=True, verbose_name="in this state since"),
                ),
                ("amount_minor", models.BigIntegerField(verbose_name="amount in minor units")),
                ("holder", models.CharField(max_length=70, verbose_name="account holder")),
                ("destination", models.CharField(max_length=64, verbose_name="IBAN")),
                ("failure", models.CharField(blank=True, max_length=200, verbose_name="why it failed")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "waits for approval"),
                            ("sent", "on its way"),
                            ("settled", "arrived"),
                            ("withdrawn", "not sent"),
                            ("failed", "came back"),
                        ],
                        default="requested",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="matching.matchfund",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "return to a funder",
                "verbose_name_plural": "returns to funders",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__gt", 0)), name="fund_return_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="fund_return_by_two_people",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "requested")),
                        fields=("fund",),
                        name="one_fund_return_waits",
                    ),
                ],
            },
        ),
        run_sql("marketplace.matching", "returns_0004"),
        migrations.RunPython(find_pledges, migrations.RunPython.noop),
    ]
