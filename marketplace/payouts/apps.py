from django.apps import AppConfig

from civic.accounts import groups


class PayoutsConfig(AppConfig):
    name = "marketplace.payouts"
    label = "payouts"
    verbose_name = "Payouts"

    council_permissions = {
        groups.FINANCE_OFFICERS: [
            *("payouts.view_payout", "payouts.view_approval", "payouts.view_bankdetails"),
            *("payouts.view_hold", "payouts.add_hold"),
        ],
    }
