from django.apps import AppConfig

from civic.accounts import groups


class InvoicingConfig(AppConfig):
    name = "marketplace.invoicing"

    council_permissions = {
        groups.FINANCE_OFFICERS: [*("view_invoice", "view_invoicepayment"), *("view_issuer", "add_issuer")]
    }
