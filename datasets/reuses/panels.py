"""What this slice shows on the pages of others: the dataset's page and the person's own."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from civic.accounts import me
from civic.accounts.models import Person
from civic.core.panels import Panel
from datasets.catalogue import dataset_page
from datasets.catalogue.models import Dataset
from datasets.catalogue.states import DatasetState
from datasets.reuses import queries


def used_for(dataset: Dataset, actor: Any, at: datetime) -> dict[str, Any] | None:
    """What was built with it, and the way to say what one has built."""
    if dataset.state != DatasetState.PUBLISHED:
        return None
    found = queries.of_dataset(dataset)
    return {
        "dataset": dataset,
        "reuses": found[: queries.ON_DATASET],
        "more": len(found) > queries.ON_DATASET,
    }


def mine(person: Person, at: datetime) -> dict[str, Any] | None:
    """What the person proposed, and what became of it."""
    found = queries.proposed_by(person)
    return {"reuses": found} if found else None


def todos(person: Person, at: datetime) -> list[me.Todo]:
    """Proposals that a data steward decides about."""
    count = getattr(person, "reuses_waiting", None)
    if not count:
        return []
    text = ngettext(
        "%(count)s proposal of what is built with data waits for you",
        "%(count)s proposals of what is built with data wait for you",
        count,
    )
    since = person.reuses_since  # type: ignore[attr-defined]
    return [me.Todo(text % {"count": count}, reverse("admin:reuses_reuse_changelist"), since)]


dataset_page.panels.register(
    Panel(90, "reuses", gettext_lazy("Built with it"), "reuses/_dataset.html", used_for, side=True)
)
me.panels.register(
    Panel(
        64,
        "reuses",
        gettext_lazy("What you built with data"),
        "reuses/_me.html",
        mine,
        columns=queries.me_columns,
    )
)
me.todos.register(me.TodoSource("reuses", todos, queries.waiting_columns))
