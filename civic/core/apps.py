from django.apps import AppConfig

from civic.core import registry


class CoreConfig(AppConfig):
    name = "civic.core"
    verbose_name = "Event log"

    def ready(self) -> None:
        """Imports what slices register. All models are loaded by now."""
        registry.autodiscover()
