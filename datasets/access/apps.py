from django.apps import AppConfig

from civic.accounts import groups


class AccessConfig(AppConfig):
    name = "datasets.access"
    verbose_name = "Access to data"

    council_permissions = {
        groups.DATA_STEWARDS: [
            *("view_policy", "view_accessrequest", "view_agreement", "view_grant", "change_grant"),
        ],
    }
