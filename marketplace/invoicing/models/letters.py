"""What was sent of an invoice: its PDF and its reminders."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from marketplace.invoicing.models.invoices import Invoice


class InvoiceDocument(BaseModel):
    """The PDF of an invoice as it was sent, with its SHA-256. Made once, never changed, never public."""

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="document")
    content = models.BinaryField(_("PDF"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("document of an invoice")
        verbose_name_plural = _("documents of invoices")

    def __str__(self) -> str:
        return self.digest


class InvoiceReminder(BaseModel):
    """A reminder of an overdue invoice that was sent; each level once."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="reminders")
    level = models.PositiveSmallIntegerField(_("level"))
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "level"], name="one_reminder_a_level")
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id} · {self.level}"
