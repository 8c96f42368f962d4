from django.apps import AppConfig

from civic.accounts import groups


class DeliveryConfig(AppConfig):
    name = "projects.delivery"
    label = "delivery"
    verbose_name = "Delivery"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: [
            "delivery.view_milestone",
            "delivery.change_milestone",
            "delivery.view_evidence",
            "delivery.view_update",
        ],
        groups.FINANCE_OFFICERS: ["delivery.view_milestone", "delivery.view_evidence"],
    }
