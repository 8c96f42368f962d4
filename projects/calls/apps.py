from django.apps import AppConfig

from civic.accounts import groups


class CallsConfig(AppConfig):
    name = "projects.calls"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: [
            *("view_call", "add_call", "change_call", "manage_call"),
            *("view_phase", "add_phase", "change_phase", "delete_phase"),
        ],
        groups.MODERATORS: ["view_call"],
    }
