from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.money import Money
from civic.core.states import Stateful, state_field
from marketplace.exchange.models.needs import DataNeed
from marketplace.exchange.models.offers import Offer
from marketplace.exchange.states import BOUNTY_PAYOUT, BountyPayoutState
from marketplace.payouts.models import BankDetails

NOT_ASKED = [BountyPayoutState.PLANNED, BountyPayoutState.DROPPED]


class BountyPayout(Stateful, BaseModel):
    """The bounty of an accepted need on its way to the organisation that delivered: one a need, for ever.

    One finance officer requests it, another approves, two above the limit of payouts. Its amount is what the bounty
    holds when it is requested; what failed or came back is requested again under the next number.
    """

    TRANSITIONS = BOUNTY_PAYOUT
    event_fields = {
        "need": "need_id", "minor": "amount_minor", "currency": "currency", "attempt": "attempt"
    }  # fmt: skip
    noun = "bounty_payout"

    need = models.OneToOneField(DataNeed, on_delete=models.PROTECT, related_name="payout")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField(_("amount in minor units"), default=0)
    currency = models.CharField(_("currency"), max_length=3)
    details = models.ForeignKey(
        BankDetails, on_delete=models.PROTECT, null=True, blank=True, related_name="bounty_payouts"
    )
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    approvals_needed = models.PositiveSmallIntegerField(_("approvals needed"), default=1)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    also_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    failure = models.CharField(_("why it failed"), max_length=200, blank=True)
    state = state_field(BountyPayoutState, 9)

    class Meta:
        verbose_name = _("payout of a bounty")
        verbose_name_plural = _("payouts of bounties")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=NOT_ASKED)
                | Q(amount_minor__gt=0, details__isnull=False, requested_by__isnull=False),
                name="bounty_payout_requested_by_somebody_to_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("requested_by")),
                name="bounty_payout_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(also_approved_by=None)
                | Q(approved_by__isnull=False)
                & ~Q(also_approved_by=F("requested_by"))
                & ~Q(also_approved_by=F("approved_by")),
                name="bounty_payout_approved_by_a_third",
            ),
            models.CheckConstraint(
                condition=Q(approvals_needed__gte=1, approvals_needed__lte=2),
                name="bounty_payout_approvals_one_or_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need}"

    @property
    def amount(self) -> Money:
        """What is paid out; nothing before it is requested."""
        return Money(self.amount_minor, self.currency)

    @property
    def approvals(self) -> int:
        """How many have approved it as it was requested."""
        return sum(one is not None for one in (self.approved_by_id, self.also_approved_by_id))

    @property
    def purpose(self) -> str:
        """How payments name it; one that failed is sent again under a new name."""
        return f"bounty-payout:{self.pk}:{self.attempt}"
