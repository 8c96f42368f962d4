from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "projects.calls"
    label = "calls"
    verbose_name = "Calls"
