from django.apps import AppConfig

from civic.accounts import groups


class ProposalsConfig(AppConfig):
    name = "projects.proposals"
    label = "proposals"
    verbose_name = "Projects"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: [
            "proposals.view_project",
            "proposals.change_project",
            "proposals.view_projectrevision",
        ],
        groups.MODERATORS: ["proposals.view_project"],
    }
