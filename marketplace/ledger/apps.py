from django.apps import AppConfig

from civic.accounts import groups


class LedgerConfig(AppConfig):
    name = "marketplace.ledger"

    council_permissions = {
        groups.FINANCE_OFFICERS: [
            *("view_account", "view_entry", "view_posting"),
            *("view_checkpoint", "view_dailyroot", "view_link"),
        ]
    }
