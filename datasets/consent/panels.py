"""What this slice shows on the pages of others: the person's own, and the page of a dataset that it fills."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts import me
from civic.accounts.models import Person
from civic.core import columns
from civic.core.panels import Panel
from datasets.catalogue import dataset_page
from datasets.catalogue.models import Dataset
from datasets.consent import queries
from datasets.consent.models import Collection, Deletion, Purpose, Release, RightsRequest


def mine(person: Person, at: datetime) -> dict[str, Any] | None:
    """A link alone: what somebody has shared has a page of its own."""
    return {} if getattr(person, "has_shared", False) else None


def todos(person: Person, at: datetime) -> Iterable[me.Todo]:
    """What people ask of the person's organisations, tables that wait to be looked at, and copies to delete."""
    for asked in columns.read(RightsRequest, person.asked_rights):  # type: ignore[attr-defined]
        text = _("Somebody asks about their data in “%(title)s”: answer.") % {"title": asked.collection.title}
        yield me.Todo(text, asked.get_absolute_url(), since=asked.state_since)
    for release in columns.read(Release, person.counted_releases):  # type: ignore[attr-defined]
        purpose = release.purpose
        text = _("A release for “%(title)s” is counted: publish or drop it.") % {"title": purpose.title}
        page = reverse("consent:release", args=[purpose.collection.slug, release.pk])
        yield me.Todo(text, page, since=release.state_since)
    for told in columns.read(Deletion, person.asked_deletions):  # type: ignore[attr-defined]
        title = told.grant.dataset.title
        text = _("Somebody has withdrawn from “%(title)s”: delete your copies.") % {"title": title}
        yield me.Todo(text, told.get_absolute_url(), since=told.state_since, icon="warning")


def origin(dataset: Dataset, actor: Any, at: datetime) -> dict[str, Any] | None:
    """From which collection its figures come, if the reader may know of it; nothing where they come from no people."""
    if not dataset.by_consent:
        return None
    known = Collection.objects.visible_to(actor).filter(pk=OuterRef("collection"))
    rows = Purpose.objects.select_related("collection").annotate(is_known=Exists(known))
    purpose = rows.filter(dataset=dataset).first()
    return {"purpose": purpose} if purpose else None


me.panels.register(
    Panel(
        63, "shared-data", gettext_lazy("What I shared"), "consent/_me.html", mine, columns=queries.me_columns
    )
)
me.todos.register(me.TodoSource("shared-data", todos))
dataset_page.panels.register(
    Panel(20, "shared-data", gettext_lazy("What people shared"), "consent/_panel.html", origin, side=True)
)
