from django.apps import AppConfig

from civic.accounts import groups


class AnalyticsConfig(AppConfig):
    name = "datasets.analytics"
    verbose_name = "Queries of data"

    council_permissions = {groups.DATA_STEWARDS: ["view_savedquery"]}
