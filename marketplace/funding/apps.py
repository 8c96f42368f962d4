from django.apps import AppConfig

from civic.accounts import groups

FUNDS = [
    *("funding.view_matchfund", "funding.add_matchfund", "funding.change_matchfund", "funding.view_deposit"),
    *("funding.view_allocation", "funding.add_allocation", "funding.view_exclusion", "funding.add_exclusion"),
    "funding.view_challenge",
]
PAYOUTS = [
    *("funding.add_deposit", "funding.view_payout", "funding.view_approval", "funding.view_bankdetails"),
    *("funding.view_hold", "funding.add_hold"),
]


class FundingConfig(AppConfig):
    name = "marketplace.funding"
    label = "funding"
    verbose_name = "Funding"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: [
            "funding.view_campaign",
            *FUNDS,
            "funding.view_package",
            "funding.view_sponsorship",
        ],
        groups.FINANCE_OFFICERS: [
            "funding.view_campaign",
            "funding.view_pledge",
            *FUNDS,
            *PAYOUTS,
            "funding.view_package",
            "funding.view_sponsorship",
            "funding.view_invoice",
            "funding.view_invoicepayment",
            "funding.view_issuer",
            "funding.add_issuer",
            "funding.change_issuer",
        ],
    }

    def ready(self) -> None:
        from marketplace.funding import notices, personal

        notices.fill()
        personal.declare()
