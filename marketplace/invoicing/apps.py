from django.apps import AppConfig

from civic.accounts import groups


class InvoicingConfig(AppConfig):
    name = "marketplace.invoicing"
    label = "invoicing"
    verbose_name = "Invoicing"

    council_permissions = {
        groups.FINANCE_OFFICERS: [
            *("invoicing.view_invoice", "invoicing.view_invoicepayment"),
            *("invoicing.view_issuer", "invoicing.add_issuer", "invoicing.change_issuer"),
        ],
    }
