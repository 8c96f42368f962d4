from django.apps import AppConfig

from civic.accounts import groups


class NotificationsConfig(AppConfig):
    name = "civic.notifications"
    label = "notifications"
    verbose_name = "Notifications"

    council_permissions = {groups.AUDITORS: ["notifications.view_mail"]}
