"""Who issues invoices, and the series in which they are numbered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel


class Issuer(BaseModel):
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


class InvoiceSeries(BaseModel):
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
