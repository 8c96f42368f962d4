from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.money import Money
from civic.core.states import Stateful, state_field
from marketplace.ledger.models import Posting
from marketplace.payments.models.charge import Charge, Refund
from marketplace.payments.models.dispute import Dispute
from marketplace.payments.states import CLAIM, PAID, ClaimState


class Claim(Stateful, BaseModel):
    """What a payer got back twice, by a refund and by a lost dispute of the same money, and owes the city.

    It stays a loss until it is paid; two finance officers may write it off. A dispute opens one of what had been
    refunded before; a `refund` that came back and has gone after all opens another one.
    """

    TRANSITIONS = CLAIM
    event_fields = {
        "purpose": "dispute.charge.purpose",
        "minor": "amount_minor",
        "currency": "dispute.charge.currency",
    }
    noun = "claim"

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="claims")
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, null=True, related_name="claims")
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
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(refund=None), name="claim_opened_once_by_a_dispute"
            ),
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
        """What its first payment is for; a number behind it where the bank has taken that back."""
        return f"claim:{self.pk}"

    @property
    def payments(self) -> QuerySet[Charge]:
        """What was asked for it, oldest first."""
        return Charge.objects.filter(purpose__startswith=self.purpose).order_by("created_at")

    @property
    def set_off(self) -> Money:
        """What of it a refund that came back has paid: it came back to the payer once only. One statement."""
        paid = Posting.objects.filter(
            entry__book=self.charge.book,
            entry__key__startswith=f"{self.purpose}:paid",
            account__code__startswith="refund/",
        )
        return Money(abs(int(paid.aggregate(of=Sum("amount", default=0))["of"])), self.charge.currency)

    @property
    def owed(self) -> Money:
        """What is still owed of it: less what a refund has set off, and what has arrived and was not taken back."""
        arrived = (charge.left for charge in self.payments.filter(state__in=PAID))
        return self.amount - self.set_off - sum(arrived, Money(0, self.charge.currency))
