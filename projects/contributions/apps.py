from django.apps import AppConfig

from civic.accounts import groups


class ContributionsConfig(AppConfig):
    name = "projects.contributions"
    label = "contributions"
    verbose_name = "Contributions"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: ["view_want", "view_contribution", "change_contribution"],
    }
