from django.apps import AppConfig

from civic.accounts import groups


class ReusesConfig(AppConfig):
    name = "datasets.reuses"

    council_permissions = {groups.DATA_STEWARDS: ["view_reuse", "change_reuse"]}
