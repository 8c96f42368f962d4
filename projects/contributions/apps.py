from django.apps import AppConfig

from civic.accounts import groups


class ContributionsConfig(AppConfig):
    name = "projects.contributions"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: ["view_want", "view_contribution", "change_contribution"]
    }
