from django.apps import AppConfig

from civic.accounts import groups

FUNDS = [
    *(
        "matching.view_matchfund",
        "matching.add_matchfund",
        "matching.change_matchfund",
        "matching.view_deposit",
    ),
    *("matching.view_allocation", "matching.add_allocation"),
    *("matching.view_exclusion", "matching.add_exclusion", "matching.view_challenge"),
]


class MatchingConfig(AppConfig):
    name = "marketplace.matching"
    label = "matching"
    verbose_name = "Match funds"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: FUNDS,
        groups.FINANCE_OFFICERS: [*FUNDS, "matching.add_deposit"],
    }
