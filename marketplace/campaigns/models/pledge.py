"""Promises of money by people."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextField
from django.db.models.functions import MD5, Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.money import Money
from civic.core.states import Stateful, state_field
from marketplace.campaigns.models.campaign import Campaign
from marketplace.campaigns.states import (
    INSTALMENT,
    NOT_ENDED,
    PAID_ONCE,
    PLEDGE,
    PROMISED,
    InstalmentState,
    PledgeState,
)  # fmt: skip
from marketplace.payments.models import Method

# An order that says nothing of when somebody gave.
LOT = MD5(Cast("id", TextField()))
# Whose giver's name the list of backers may show: promised or paid, and not of a campaign that failed.
NAMED = (
    Q(anonymous=False, person__isnull=False)
    & (Q(state__in=PROMISED) | Q(collected_at__isnull=False))
    & ~Q(state=PledgeState.CAMPAIGN_FAILED)
)


class Pledge(Stateful, BaseModel):
    """A person's promise of money to a campaign: `amount_minor` once, or that much a month for `months` months.

    The first instalment counts for the goal. `anonymous` hides the name from everybody but the person, finance
    officers and auditors. `token` comes from the form: sent twice, it pledges once.
    """

    class Frequency(models.TextChoices):
        ONCE = "once", _("once")
        MONTHLY = "monthly", _("every month")

    TRANSITIONS = PLEDGE
    event_fields = {
        "campaign": "campaign_id", "minor": "amount_minor", "currency": "currency", "frequency": "frequency"
    }  # fmt: skip
    noun = "pledge"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="pledges")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="pledges"
    )
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    frequency = models.CharField(_("frequency"), max_length=8, choices=Frequency, default=Frequency.ONCE)
    months = models.PositiveSmallIntegerField(_("months"), default=1)
    anonymous = models.BooleanField(_("do not show my name"), default=False)
    provider = models.CharField(_("provider"), max_length=12)
    method = models.ForeignKey(Method, on_delete=models.PROTECT, null=True, related_name="pledges")
    token = models.UUIDField(_("token of the form"), editable=False)
    collected_at = models.DateTimeField(
        _("collected"), null=True, editable=False, help_text=_("The first month of a monthly pledge.")
    )
    state = state_field(PledgeState, 16)

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="pledge_positive"),
            models.CheckConstraint(
                condition=Q(frequency="once", months=1)
                | Q(frequency="monthly", months__gte=2, months__lte=36),
                name="pledge_months_fit_its_frequency",
            ),
            # A state says no more than has happened: what is collected has its moment, what can be charged its way.
            models.CheckConstraint(
                condition=~Q(state__in=PAID_ONCE) | Q(collected_at__isnull=False),
                name="pledge_collected_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*PROMISED, PledgeState.PAST_DUE]) | Q(method__isnull=False),
                name="pledge_charged_later_by_its_method",
            ),
            models.CheckConstraint(
                condition=Q(frequency="monthly")
                | ~Q(state__in=[PledgeState.PAST_DUE, PledgeState.ENDED])
                & ~Q(state=PledgeState.ACTIVE, collected_at__isnull=False),
                name="pledge_goes_on_only_monthly",
            ),
            models.UniqueConstraint(fields=["person", "token"], name="one_pledge_a_form"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["campaign", "state"], include=["amount_minor"], name="pledge_campaign_state"
            ),
            models.Index(fields=["person", "-id"], name="pledge_person"),
            # Some backers of a campaign by lot, also of one that has very many, or only such as show no name.
            models.Index(F("campaign"), LOT, condition=NAMED, name="pledge_named_lot"),
            models.Index(fields=["state", "state_since"], name="pledge_waiting"),
            # What the clock looks for every ten seconds: of a campaign that is over nothing is left in it.
            models.Index(fields=["campaign"], condition=Q(state__in=NOT_ENDED), name="pledge_not_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} · {self.campaign_id}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:own-pledge", args=[self.pk])

    @property
    def amount(self) -> Money:
        """What is given once, or each month."""
        return Money(self.amount_minor, self.currency)

    @property
    def purpose(self) -> str:
        """How payments name it."""
        return f"pledge:{self.pk}"


class Instalment(Stateful, BaseModel):
    """A month of a monthly pledge after the first: due on a day, charged once."""

    TRANSITIONS = INSTALMENT
    event_fields = {
        **{name: f"pledge.{path}" for name, path in Pledge.event_fields.items()},
        "pledge": "pledge_id",
        "number": "number",
    }
    noun = "instalment"

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("month"))
    due_on = models.DateField(_("due"))
    state = state_field(InstalmentState, 12)

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering: ClassVar = ["pledge", "number"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(number__gte=2), name="instalment_follows_the_first_month"),
            models.UniqueConstraint(fields=["pledge", "number"], name="one_instalment_a_month"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="instalment_due")]

    def __str__(self) -> str:
        return f"{self.pledge_id} · {self.number}"

    @property
    def purpose(self) -> str:
        """How payments name it."""
        return f"instalment:{self.pk}"
