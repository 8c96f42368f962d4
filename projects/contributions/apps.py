from django.apps import AppConfig

from civic.accounts import groups


class ContributionsConfig(AppConfig):
    name = "projects.contributions"
    label = "contributions"
    verbose_name = "Contributions"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: [
            "contributions.view_want",
            "contributions.view_contribution",
            "contributions.change_contribution",
        ],
    }
