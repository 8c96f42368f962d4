from django.apps import AppConfig

from civic.accounts import groups


class CallsConfig(AppConfig):
    name = "projects.calls"
    label = "calls"
    verbose_name = "Calls"

    council_permissions = {
        groups.PROGRAMME_MANAGERS: [
            "calls.view_call",
            "calls.add_call",
            "calls.change_call",
            "calls.manage_call",
            "calls.view_phase",
            "calls.add_phase",
            "calls.change_phase",
            "calls.delete_phase",
        ],
        groups.MODERATORS: ["calls.view_call"],
    }
