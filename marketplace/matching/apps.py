from django.apps import AppConfig

from civic.accounts import groups

FUNDS = [
    *("view_matchfund", "add_matchfund", "change_matchfund", "view_deposit"),
    *("view_allocation", "add_allocation"),
    *("view_exclusion", "add_exclusion", "view_challenge"),
]


class MatchingConfig(AppConfig):
    name = "marketplace.matching"
    verbose_name = "Match funds"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: FUNDS,
        groups.FINANCE_OFFICERS: [*FUNDS, "add_deposit", "view_fundreturn"],
    }
