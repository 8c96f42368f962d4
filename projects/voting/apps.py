from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "projects.voting"
    label = "voting"
    verbose_name = "Voting"
