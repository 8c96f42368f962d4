from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.money import Money
from marketplace.ledger.models import Book


class Reconciliation(BaseModel):
    """One comparison of what a provider says it holds with what the ledger says is there."""

    provider = models.CharField(_("provider"), max_length=12)
    book = models.CharField(_("book"), max_length=4, choices=Book)
    currency = models.CharField(_("currency"), max_length=3)
    theirs_minor = models.BigIntegerField(_("they say, in minor units"))
    ours_minor = models.BigIntegerField(_("the ledger says, in minor units"))
    at = models.DateTimeField(_("at"))
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("By a finance officer, once the difference is understood.")
    )

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        indexes: ClassVar = [
            models.Index(fields=["provider", "currency", "-at"], name="reconciliation_newest")
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.at:%Y-%m-%d %H:%M}: {self.difference}"

    @property
    def difference(self) -> Money:
        """What is there and not in the ledger; negative where the ledger has more."""
        return Money(self.theirs_minor - self.ours_minor, self.currency)

    @property
    def ours(self) -> Money:
        """What the ledger says."""
        return Money(self.ours_minor, self.currency)

    @property
    def theirs(self) -> Money:
        """What the provider says."""
        return Money(self.theirs_minor, self.currency)
