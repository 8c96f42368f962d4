from django.apps import AppConfig

from civic.accounts import groups


class LedgerConfig(AppConfig):
    name = "marketplace.ledger"
    label = "ledger"
    verbose_name = "Ledger"

    council_permissions = {
        groups.FINANCE_OFFICERS: [
            "ledger.view_account",
            "ledger.view_entry",
            "ledger.view_posting",
            "ledger.view_checkpoint",
            "ledger.view_dailyroot",
            "ledger.view_link",
        ],
    }
