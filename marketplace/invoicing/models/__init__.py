"""Invoices and credit notes of the city: numbered without a gap, never changed."""

from marketplace.invoicing.models.invoices import (
    CreditedPayment,
    Invoice,
    InvoicePayment,
    InvoicePaymentReversal,
    summed,
)
from marketplace.invoicing.models.issuers import InvoiceSeries, Issuer
from marketplace.invoicing.models.letters import InvoiceDocument, InvoiceReminder
