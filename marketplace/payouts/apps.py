from django.apps import AppConfig

from civic.accounts import groups


class PayoutsConfig(AppConfig):
    name = "marketplace.payouts"

    council_permissions = {
        groups.FINANCE_OFFICERS: [
            *("view_payout", "view_approval", "view_bankdetails"),
            *("view_hold", "view_return", "add_hold"),
        ]
    }
