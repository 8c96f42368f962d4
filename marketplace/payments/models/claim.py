from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.money import Money
from civic.core.states import Stateful, state_field
from marketplace.payments.models.charge import Charge
from marketplace.payments.models.dispute import Dispute
from marketplace.payments.states import CLAIM, ClaimState


class Claim(Stateful, BaseModel):
    """What a payer got back twice, by a refund and then by a lost dispute of the same money, and owes the city.

    It stays a loss until it is paid; two finance officers may write it off.
    """

    TRANSITIONS = CLAIM
    event_fields = {
        "purpose": "dispute.charge.purpose",
        "minor": "amount_minor",
        "currency": "dispute.charge.currency",
    }
    noun = "claim"

    dispute = models.OneToOneField(Dispute, on_delete=models.PROTECT, related_name="claim")
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    state = state_field(ClaimState, 12)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims: what came back twice")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="claim_positive"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="claim_written_off_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.WRITTEN_OFF)
                | Q(proposed_by__isnull=False, confirmed_by__isnull=False),
                name="claim_written_off_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} · {self.charge.purpose}"

    @property
    def charge(self) -> Charge:
        """The payment that came back twice."""
        return self.dispute.charge

    @property
    def amount(self) -> Money:
        """What came back twice."""
        return Money(self.amount_minor, self.charge.currency)

    @property
    def purpose(self) -> str:
        """What the payment of it is for; also the account that it arrives on."""
        return f"claim:{self.pk}"
