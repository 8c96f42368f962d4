from django.apps import AppConfig

from civic.accounts import groups


class SponsorshipConfig(AppConfig):
    name = "marketplace.sponsorship"
    label = "sponsorship"
    verbose_name = "Sponsorship"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: ["sponsorship.view_package", "sponsorship.view_sponsorship"],
        groups.FINANCE_OFFICERS: [
            *("sponsorship.view_package", "sponsorship.view_sponsorship"),
        ],
    }
