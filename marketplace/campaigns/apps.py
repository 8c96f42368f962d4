from django.apps import AppConfig

from civic.accounts import groups


class CampaignsConfig(AppConfig):
    name = "marketplace.campaigns"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: ["view_campaign"],
        groups.FINANCE_OFFICERS: ["view_campaign", "view_pledge"],
    }
