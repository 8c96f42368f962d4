from django.apps import AppConfig

from civic.accounts import groups


class FundingConfig(AppConfig):
    name = "marketplace.funding"
    label = "funding"
    verbose_name = "Funding"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: [
            "funding.view_campaign",
        ],
        groups.FINANCE_OFFICERS: [
            "funding.view_campaign",
            "funding.view_pledge",
        ],
    }

    def ready(self) -> None:
        from marketplace.funding import notices, panels, personal
        from marketplace.funding.handlers import pledges  # noqa: F401

        notices.fill()
        panels.fill()
        personal.declare()
