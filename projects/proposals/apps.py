from django.apps import AppConfig

from civic.accounts import groups


class ProposalsConfig(AppConfig):
    name = "projects.proposals"
    verbose_name = "Projects"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: ["view_project", "change_project", "view_projectrevision"],
        groups.MODERATORS: ["view_project"],
    }
