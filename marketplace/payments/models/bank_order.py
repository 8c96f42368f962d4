from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.money import Money
from marketplace.ledger.models import Book


class BankOrder(BaseModel):
    """A file that tells the bank what to send (ISO 20022 pain.001): transfers and refunds, each in one order only.

    The file itself is made from its rows whenever it is fetched and is always the same order to the bank: `reference`
    is the message's number, by which a bank refuses to carry it out twice.
    """

    book = models.CharField(_("book"), max_length=4, choices=Book)
    reference = models.CharField(_("number of the file"), max_length=35, unique=True)
    count = models.PositiveIntegerField(_("payments"))
    total_minor = models.BigIntegerField(_("total in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    send_on = models.DateField(_("to be sent on"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bank_orders_made"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn: it never went to the bank"), null=True)

    class Meta:
        verbose_name = _("payment file")
        verbose_name_plural = _("payment files")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(total_minor__gt=0, count__gt=0), name="bank_order_not_empty"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def total(self) -> Money:
        """What leaves the account."""
        return Money(self.total_minor, self.currency)
