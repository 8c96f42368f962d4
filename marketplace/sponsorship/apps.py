from django.apps import AppConfig

from civic.accounts import groups


class SponsorshipConfig(AppConfig):
    name = "marketplace.sponsorship"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: ["view_package", "view_sponsorship"],
        groups.FINANCE_OFFICERS: [*("view_package", "view_sponsorship")],
    }
