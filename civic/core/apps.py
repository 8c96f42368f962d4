from django.apps import AppConfig
from django.db.models.signals import post_migrate

from civic.core import registry


class CoreConfig(AppConfig):
    name = "civic.core"
    verbose_name = "Event log"

    def ready(self) -> None:
        """Imports what slices register. All models are loaded by now."""
        registry.autodiscover()
        from civic.core import events  # with its models, which are loaded by now

        post_migrate.connect(events.write_handled, sender=self, dispatch_uid="handled events")
