from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "civic.demo"
    verbose_name = "Demo city"
