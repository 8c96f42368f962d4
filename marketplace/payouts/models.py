"""Money on its way out: bank details, payouts and their approvals, what holds them, and what goes back."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.models import BaseModel
from civic.core.money import Money
from civic.core.states import Stateful, state_field
from marketplace.campaigns.models.campaign import Campaign
from marketplace.payouts.states import PAYOUT, RETURN, PayoutState, ReturnState
from projects.delivery.models import Milestone


class Hold(BaseModel):
    """While one stands, nothing of the campaign is paid out: a dispute runs, or a finance officer has doubts."""

    class Kind(models.TextChoices):
        DISPUTE = "dispute", _("a payment is disputed")
        DOUBT = "doubt", _("set by a finance officer")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    key = models.CharField(_("what for"), max_length=80, help_text=_("The disputed charge, or a token."))
    reason = models.CharField(_("reason"), max_length=300)
    placed_at = models.DateTimeField(_("placed"))
    lifted_at = models.DateTimeField(_("lifted"), null=True, editable=False)

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="one_hold_a_key")]
        indexes: ClassVar = [
            models.Index(fields=["campaign"], condition=Q(lifted_at=None), name="hold_standing")
        ]

    def __str__(self) -> str:
        return self.reason


class BankDetails(BaseModel):
    """Where an organisation is paid. A change is a new row that waits until `usable_from`, against thieves."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bank_details")
    provider = models.CharField(_("provider"), max_length=12)
    holder = models.CharField(_("account holder"), max_length=70)
    destination = models.CharField(_("IBAN or account at the provider"), max_length=64)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    usable_from = models.DateTimeField(_("usable from"))

    class Meta:
        verbose_name = _("bank details")
        verbose_name_plural = _("bank details")
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.holder} {self.masked}"

    @property
    def masked(self) -> str:
        """What is shown of the number: the country and the last four signs."""
        return f"{self.destination[:2]}… {self.destination[-4:]}"


class Payout(Stateful, BaseModel):
    """Money for one accepted milestone of a campaign, in one part or, where money came late, several.

    It may leave once the risk window (`not_before`) is over. Until `released_at`, when it is first requested, its
    amount follows what the campaign has. `approvals_needed` is fixed when it is requested: two above the limit.
    Who requested it never approves it.
    """

    TRANSITIONS = PAYOUT
    event_fields = {
        "campaign": "campaign_id",
        "milestone": "milestone_id",
        "minor": "amount_minor",
        "currency": "currency",
        "attempt": "attempt",
    }
    noun = "payout"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="payouts")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="payouts")
    part = models.PositiveSmallIntegerField(_("part"), default=1)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    not_before = models.DateTimeField(_("not before"))
    released_at = models.DateTimeField(_("released"), null=True, editable=False)
    details = models.ForeignKey(
        BankDetails, on_delete=models.PROTECT, null=True, blank=True, related_name="payouts"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approvals_needed = models.PositiveSmallIntegerField(_("approvals needed"), default=1)
    attempt = models.PositiveSmallIntegerField(
        _("attempt"), default=1, help_text=_("A failed payout is requested again under a new number.")
    )
    failure = models.CharField(_("why it failed"), max_length=200, blank=True)
    state = state_field(PayoutState, 10)

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payout_positive"),
            models.UniqueConstraint(fields=["campaign", "milestone", "part"], name="one_payout_a_part"),
            models.CheckConstraint(
                condition=Q(state=PayoutState.PLANNED) | Q(details__isnull=False, requested_by__isnull=False),
                name="payout_requested_by_somebody_to_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(approvals_needed__gte=1, approvals_needed__lte=2),
                name="payout_approvals_one_or_two",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "state_since"], name="payout_waiting")]

    def __str__(self) -> str:
        return f"{self.amount} · {self.milestone}"

    @property
    def amount(self) -> Money:
        """What is paid out."""
        return Money(self.amount_minor, self.currency)

    @property
    def purpose(self) -> str:
        """How payments name it; one that failed is sent again under a new name."""
        return f"payout:{self.pk}:{self.attempt}"


class Approval(BaseModel):
    """One person's yes to a payout as it was requested; a trigger refuses who requested it."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="approvals")
    attempt = models.PositiveSmallIntegerField(_("attempt"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved"))

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payout", "attempt", "person"], name="one_approval_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.payout_id} · {self.person_id}"


class Return(Stateful, BaseModel):
    """What a campaign has left after its project has ended, given back in proportion to everybody who brought it.

    `shares` is the plan that two people have seen: `[{"kind": "charge", "key": <id>, "minor": 1250}, …]`, of a charge,
    an invoice (net; its VAT goes back with it) or an allocation of a match fund. They sum to the amount.
    """

    TRANSITIONS = RETURN
    event_fields = {"campaign": "campaign_id", "minor": "amount_minor", "currency": "currency"}
    noun = "return"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="returns")
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    shares = models.JSONField(_("shares"))
    reason = models.CharField(_("reason"), max_length=200)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = state_field(ReturnState, 10)

    class Meta:
        verbose_name = _("return of what is left")
        verbose_name_plural = _("returns of what is left")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="return_positive"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")), name="return_by_two"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReturnState.CONFIRMED) | Q(confirmed_by__isnull=False),
                name="return_confirmed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(state=ReturnState.PROPOSED), name="one_return_at_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} · {self.campaign.project}"

    @property
    def amount(self) -> Money:
        """What goes back, without the VAT of sponsors' invoices."""
        return Money(self.amount_minor, self.currency)
