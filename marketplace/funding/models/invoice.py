"""Invoices and credit notes to sponsors: numbered without a gap, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import Row
from civic.core.money import Money
from marketplace.funding.models.sponsorship import Sponsorship


class Issuer(Row):
    """Who issues the invoices: the city's name, address, tax number and bank account, as finance officers keep it.

    The newest row counts; an invoice copies what it shows.
    """

    name = models.CharField(_("name"), max_length=160)
    street = models.CharField(_("street and number"), max_length=160)
    postcode = models.CharField(_("postcode"), max_length=20)
    city = models.CharField(_("town"), max_length=80)
    country = models.CharField(_("country"), max_length=2)
    vat_id = models.CharField(_("VAT number"), max_length=20)
    email = models.EmailField(_("e-mail"))
    vat_rate_bp = models.PositiveIntegerField(_("VAT rate in basis points"), help_text=_("1900 is 19 %."))
    payment_days = models.PositiveSmallIntegerField(_("days to pay"), default=30)

    class Meta:
        verbose_name = _("issuer of invoices")
        verbose_name_plural = _("issuers of invoices")

    def __str__(self) -> str:
        return self.name


class InvoiceSeries(Row):
    """The last number given in a series of a book and year; its row's lock keeps numbers without a gap."""

    prefix = models.CharField(
        _("prefix"), max_length=20, unique=True, help_text=_("Like “2026-” or “DEMO-2026-”.")
    )
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("series of invoices")
        verbose_name_plural = _("series of invoices")

    def __str__(self) -> str:
        return f"{self.prefix}{self.last:05}"


class Invoice(Row):
    """What a sponsor is asked to pay, or (a credit note) what it need not. Never changed after it was issued.

    Amounts in minor units: net + VAT = gross; those of a credit note are negative. `seller` and `buyer` are copies
    of the addresses on that day. The PDF carries the same as Factur-X (EN 16931).
    """

    class Sort(models.TextChoices):
        INVOICE = "invoice", _("invoice")
        CREDIT_NOTE = "credit_note", _("credit note")

    sort = models.CharField(_("kind"), max_length=12, choices=Sort)
    series = models.ForeignKey(InvoiceSeries, on_delete=models.PROTECT, related_name="invoices")
    serial = models.PositiveIntegerField(_("serial number"))
    number = models.CharField(_("number"), max_length=30, unique=True)
    sponsorship = models.ForeignKey(Sponsorship, on_delete=models.PROTECT, related_name="invoices")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="credit_note"
    )
    issued_on = models.DateField(_("issued"))
    due_on = models.DateField(_("due"))
    net_minor = models.BigIntegerField(_("net"))
    vat_rate_bp = models.PositiveIntegerField(_("VAT rate in basis points"))
    vat_minor = models.BigIntegerField(_("VAT"))
    gross_minor = models.BigIntegerField(_("gross"))
    currency = models.CharField(_("currency"), max_length=3)
    purchase_order = models.CharField(_("order number"), max_length=60, blank=True)
    line = models.CharField(_("what for"), max_length=200)
    seller = models.JSONField(_("issued by"))
    buyer = models.JSONField(_("issued to"))
    reason = models.CharField(_("reason of the correction"), max_length=300, blank=True)
    reference = models.CharField(_("payment reference"), max_length=35, blank=True)

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "serial"], name="one_invoice_a_serial"),
            models.CheckConstraint(
                condition=Q(gross_minor=F("net_minor") + F("vat_minor")), name="invoice_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(sort="invoice", corrects=None, net_minor__gt=0)
                | Q(sort="credit_note", corrects__isnull=False, net_minor__lt=0),
                name="invoice_or_credit_note",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="invoice_due")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"/invoices/{self.number}/"

    @property
    def gross(self) -> Money:
        """What is to be paid."""
        return Money(self.gross_minor, self.currency)

    @property
    def purpose(self) -> str:
        """How payments name it."""
        return f"invoice:{self.pk}"


class InvoiceReminder(Row):
    """A reminder of an overdue invoice that was sent; each level once."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="reminders")
    level = models.PositiveSmallIntegerField(_("level"))
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "level"], name="one_reminder_a_level"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id} · {self.level}"
