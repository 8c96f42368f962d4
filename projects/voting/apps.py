from django.apps import AppConfig

from civic.accounts import groups


class VotingConfig(AppConfig):
    name = "projects.voting"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: [
            *("view_poll", "view_tally", "view_ballot", "view_paperballot", "change_paperballot")
        ],
        groups.DATA_STEWARDS: ["view_paperballot", "change_paperballot"],
    }
