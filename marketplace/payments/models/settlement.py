from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.money import Money
from marketplace.ledger.models import Book
from marketplace.payments.models.statement import StatementLine


class Settlement(BaseModel):
    """What a provider says that it has sent to the city's bank account; `line` is where it arrived there."""

    book = models.CharField(_("book"), max_length=4, choices=Book)
    provider = models.CharField(_("provider"), max_length=12)
    provider_ref = models.CharField(_("name at the provider"), max_length=120)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    arrives_on = models.DateField(_("arrives"))
    failed = models.BooleanField(_("it came back"), default=False)
    line = models.OneToOneField(StatementLine, on_delete=models.PROTECT, null=True, related_name="settlement")

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "provider_ref"], name="one_settlement_a_provider_ref"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="settlement_positive"),
            models.CheckConstraint(
                condition=Q(line=None) | Q(failed=False), name="settlement_that_failed_did_not_arrive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.amount} {self.arrives_on}"

    @property
    def amount(self) -> Money:
        """What arrives."""
        return Money(self.amount_minor, self.currency)
