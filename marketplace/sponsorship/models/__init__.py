"""Sponsor packages, sponsorships and their invoices."""

from marketplace.sponsorship.models.invoice import (
    Invoice,
    InvoiceDocument,
    InvoicePayment,
    InvoiceReminder,
    InvoiceSeries,
    Issuer,
)
from marketplace.sponsorship.models.sponsorship import Package, Sponsorship

__all__ = [
    "Invoice",
    "InvoiceDocument",
    "InvoicePayment",
    "InvoiceReminder",
    "InvoiceSeries",
    "Issuer",
    "Package",
    "Sponsorship",
]
