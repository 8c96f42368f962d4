from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel


class DemoPayment(BaseModel):
    """The demo provider's own books: what would stand at a real provider, far away from our database.

    Only `providers.demo` reads and writes it, as if by remote calls; our rows learn of it by messages.
    """

    class Kind(models.TextChoices):
        CHARGE = "charge", _("charge")
        SETUP = "setup", _("saving of a method")
        REFUND = "refund", _("refund")
        TRANSFER = "transfer", _("transfer")

    class Status(models.TextChoices):
        OPEN = "open", _("waits for the payer")
        SECOND_STEP = "second", _("waits for the second step")
        SLOW = "slow", _("takes a while")
        PAID = "paid", _("paid")
        DECLINED = "declined", _("declined")
        CANCELLED = "cancelled", _("cancelled")
        DISPUTED = "disputed", _("disputed")
        WON = "won", _("dispute won")
        LOST = "lost", _("dispute lost")

    key = models.CharField(_("idempotency key"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    target = models.UUIDField(_("our row"), unique=True)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.OPEN)
    amount_minor = models.BigIntegerField(_("amount in minor units"), default=0)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    behaviour = models.CharField(_("how the saved method behaves later"), max_length=8, blank=True)
    ready_at = models.DateTimeField(_("done at"), null=True)
    # Each `{"minor", "lost"}` in their order, what was lost `None` while it runs; and what banks have of it now.
    disputes = models.JSONField(_("disputes"), default=list)
    taken_minor = models.BigIntegerField(_("taken back"), default=0)

    class Meta:
        verbose_name = _("demo payment")
        verbose_name_plural = _("demo payments")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="demo_payment_not_negative")
        ]

    def __str__(self) -> str:
        return f"demo {self.kind} {self.status}"
