from django.apps import AppConfig

from civic.accounts import groups


class ExchangeConfig(AppConfig):
    name = "marketplace.exchange"
    verbose_name = "Data needs"

    council_permissions = {
        groups.DATA_STEWARDS: ["view_dataneed", "change_dataneed", "view_offer", "view_delivery"],
        groups.FINANCE_OFFICERS: [
            *("view_dataneed", "view_offer", "view_delivery", "view_bountygift", "view_bountypayout"),
            "change_bountypayout",
        ],
    }
