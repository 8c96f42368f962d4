from django.apps import AppConfig

from civic.accounts import groups


class ConsentConfig(AppConfig):
    name = "datasets.consent"
    verbose_name = "Shared data"

    council_permissions = {
        groups.DATA_STEWARDS: [
            *("view_collection", "view_purpose", "view_notice", "view_release"),
            *("view_deletion", "view_rightsrequest"),
        ],
    }
