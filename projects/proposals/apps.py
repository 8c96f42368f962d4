from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "projects.proposals"
    label = "proposals"
    verbose_name = "Projects"
