"""What this slice shows on the pages of others: the person's own, and the page of a dataset that it fills."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from civic.accounts import me
from civic.accounts.models import Person
from civic.core.panels import Panel
from datasets.catalogue import dataset_page
from datasets.catalogue.models import Dataset
from datasets.consent import queries
from datasets.consent.models import Purpose


def mine(person: Person, at: datetime) -> dict[str, Any] | None:
    """A link alone: what somebody has shared has a page of its own."""
    return {} if getattr(person, "has_shared", False) else None


def origin(dataset: Dataset, actor: Any, at: datetime) -> dict[str, Any] | None:
    """From which collection its figures come; nothing where they come from no people."""
    if not dataset.by_consent:
        return None
    purpose = Purpose.objects.select_related("collection").filter(dataset=dataset).first()
    return {"purpose": purpose} if purpose else None


me.panels.register(
    Panel(
        63, "shared-data", gettext_lazy("What I shared"), "consent/_me.html", mine, columns=queries.me_columns
    )
)
dataset_page.panels.register(
    Panel(20, "shared-data", gettext_lazy("What people shared"), "consent/_panel.html", origin, side=True)
)
