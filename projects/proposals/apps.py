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

    def ready(self) -> None:
        """Fills the registries below, and listens to events."""
        from projects.proposals import handlers, on_call_pages, on_me, personal, sections  # noqa: F401

        personal.declare()
        sections.register_sections()
        on_call_pages.register_panels()
        on_me.register_panels()
