from django.apps import AppConfig

from civic.accounts import groups


class FundingConfig(AppConfig):
    name = "marketplace.funding"
    label = "funding"
    verbose_name = "Funding"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: [
            "funding.view_campaign",
            "funding.view_package",
            "funding.view_sponsorship",
        ],
        groups.FINANCE_OFFICERS: [
            "funding.view_campaign",
            "funding.view_pledge",
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
        from marketplace.funding import notices, panels, personal
        from marketplace.funding.handlers import (  # noqa: F401
            disputes,
            invoices,
            matching,
            payouts,
            pledges,
            sponsoring,
            telling,
        )

        notices.fill()
        panels.fill()
        personal.declare()
