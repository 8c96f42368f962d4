from django.apps import AppConfig

from civic.accounts import groups


class VotingConfig(AppConfig):
    name = "projects.voting"
    label = "voting"
    verbose_name = "Voting"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: [
            "voting.view_poll",
            "voting.view_tally",
            "voting.view_ballot",
            "voting.view_paperballot",
            "voting.change_paperballot",
        ],
        groups.DATA_STEWARDS: ["voting.view_paperballot", "voting.change_paperballot"],
        groups.AUDITORS: [
            "voting.view_poll",
            "voting.view_tally",
            "voting.view_ballot",
            "voting.view_paperballot",
        ],
    }
