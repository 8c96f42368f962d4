from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.money import Money
from marketplace.payments.models.charge import Charge


class Dispute(BaseModel):
    """So much of a charge that the payer's bank has taken back until it decides; one after the other, by `number`.

    `lost_minor` of it is the payer's for good once it is decided: nothing where it was won, a part or all of it where
    it was lost. Until `evidence_due_at` the city can say why the money is its own.
    """

    event_fields = {"purpose": "charge.purpose", "minor": "amount_minor", "currency": "charge.currency"}

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="disputes")
    number = models.PositiveSmallIntegerField(_("number"))
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    reason = models.CharField(_("reason, as the provider names it"), max_length=60, blank=True)
    evidence_due_at = models.DateTimeField(_("evidence is due"), null=True)
    opened_at = models.DateTimeField(_("opened"))
    answered_at = models.DateTimeField(_("evidence sent"), null=True)
    reminded_at = models.DateTimeField(_("reminded of"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    lost_minor = models.BigIntegerField(_("lost, in minor units"), null=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["charge", "number"], name="disputes_are_numbered"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0, number__gt=0), name="dispute_positive"),
            models.CheckConstraint(
                condition=Q(decided_at=None, lost_minor=None)
                | Q(decided_at__isnull=False, lost_minor__gte=0, lost_minor__lte=F("amount_minor")),
                name="dispute_loses_no_more_than_its_amount",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["evidence_due_at"], condition=Q(decided_at=None), name="dispute_open")
        ]

    def __str__(self) -> str:
        return f"{self.amount} · {self.charge.purpose}"

    @property
    def amount(self) -> Money:
        """What the bank has taken back."""
        return Money(self.amount_minor, self.charge.currency)

    @property
    def lost(self) -> Money:
        """What of it is the payer's for good; nothing while it runs."""
        return Money(self.lost_minor or 0, self.charge.currency)


class ChargeStanding(models.Model):
    """What of a charge whose money has arrived is there, by the view in sql/disputes_0008.sql. Read only."""

    charge = models.OneToOneField(
        Charge, on_delete=models.DO_NOTHING, primary_key=True, related_name="figures"
    )
    purpose = models.CharField(_("purpose"), max_length=80)
    paid = models.BigIntegerField(_("paid"))
    returned = models.BigIntegerField(_("returned"))
    disputed = models.BigIntegerField(_("disputed"))

    class Meta:
        managed = False
        db_table = "payments_chargestanding"

    def __str__(self) -> str:
        return f"{self.purpose}: {self.paid}"
