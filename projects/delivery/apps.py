from django.apps import AppConfig

from civic.accounts import groups


class DeliveryConfig(AppConfig):
    name = "projects.delivery"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: ["view_milestone", "change_milestone", "view_evidence", "view_update"],
        groups.FINANCE_OFFICERS: ["view_milestone", "view_evidence"],
    }
