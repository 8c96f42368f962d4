from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "civic.demo"
    label = "demo"
    verbose_name = "Demo city"

    def ready(self) -> None:
        from civic.demo import personal

        personal.declare()
