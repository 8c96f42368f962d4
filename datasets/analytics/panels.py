"""What queries show on the page of a dataset."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic.core.panels import Panel
from civic.core.policies import may
from datasets.analytics import queries
from datasets.catalogue import dataset_page
from datasets.catalogue.models import Dataset
from datasets.catalogue.permissions import Reader, Scope, dataset_permission
from datasets.catalogue.states import DatasetState


def asked(dataset: Dataset, actor: Any, at: datetime) -> dict[str, Any] | None:
    """Charts that the publisher shows, and the way to ask; None for who may not, and where no rows are here."""
    rows = dataset.state == DatasetState.PUBLISHED and dataset.latest
    if not rows or not dataset_permission(Reader(actor), dataset, Scope.QUERY, at):
        return None
    return {"dataset": dataset, "saved": queries.on_page(dataset, at)}


def embedded(dataset: Dataset, actor: Any, at: datetime) -> dict[str, Any] | None:
    """Embeds of data that is not open, for its publisher and the data steward, with the way to end them."""
    if not (may(actor, "edit", dataset) or may(actor, "steward", dataset)):
        return None
    found = queries.embedded(dataset, at)
    return {"embedded": found} if found else None


dataset_page.panels.register(
    Panel(40, "queries", _("Figures"), "analytics/_panel.html", asked, side=True),
    Panel(41, "embeds", _("Shown to anybody by embeds"), "analytics/_embedded.html", embedded, side=True),
)
