"""Saved queries as pages and the API read them."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _
from guardian.shortcuts import get_objects_for_user

from civic.accounts.models import Person
from civic.core.errors import Gone, NotFound
from datasets.analytics.models import SavedQuery
from datasets.catalogue.models import Dataset, Revision
from datasets.catalogue.queries import public_dataset
from datasets.catalogue.vocabularies import AccessLevel

SHOWN_ON_PAGE = 4
# In a list that one can still choose from; others are named in JSON.
MOST_OTHERS = 300


def kept(key: UUID) -> SavedQuery:
    """One whatever has become of its dataset, for who ends it. Raises NotFound, Gone (it was removed)."""
    found = SavedQuery.objects.select_related("owner", "dataset__publisher").filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such query."))
    if found.removed_at:
        raise Gone(_("Who saved this query has removed it."))
    return found


def saved(key: UUID) -> SavedQuery:
    """One with its published dataset. Raises NotFound, Gone (it was removed, or its dataset withdrawn)."""
    found = kept(key)
    found.dataset = public_dataset(pk=found.dataset_id)
    return found


def own(person: Person) -> list[SavedQuery]:
    """What the person saved, the newest first."""
    return list(SavedQuery.objects.kept().filter(owner=person).select_related("dataset").order_by("-id"))


def embedded(dataset: Dataset, at: datetime) -> list[SavedQuery]:
    """What strangers see of a dataset by tokens, also beside another one, with who has signed them."""
    of_it = Q(dataset=dataset) | Q(query__join__dataset=dataset.slug)
    return list(SavedQuery.objects.embedded(at).filter(of_it).select_related("owner").order_by("-id"))


def on_page(dataset: Dataset, at: datetime) -> list[SavedQuery]:
    """What the publisher shows on the page of a dataset, the newest first."""
    shown = SavedQuery.objects.kept().filter(dataset=dataset, shown=True, saved_at__lte=at)
    return list(shown.order_by("-id")[:SHOWN_ON_PAGE])


def others(dataset: Dataset, person: Person | AnonymousUser) -> list[tuple[str, str]]:
    """Slugs and titles of what may be put beside a dataset: open data, and what the person has a grant for."""
    readable = Q(access_level=AccessLevel.OPEN)
    if person.is_authenticated:
        readable |= Q(pk__in=get_objects_for_user(person, "catalogue.read_rows").values("pk"))
    found = Dataset.objects.listed().filter(readable, latest__gt=0).exclude(pk=dataset.pk)
    return list(found.order_by("title").values_list("slug", "title")[:MOST_OTHERS])


def columns(dataset: Dataset, number: int | None = None) -> list[str]:
    """The names of a revision's columns. Raises NotFound."""
    return [field["name"] for field in with_schema(dataset, number).schema["fields"]]


def with_schema(dataset: Dataset, number: int | None) -> Revision:
    """A revision with its columns, or the newest. Raises NotFound."""
    short = dataset.revisions.defer("profile", "report")
    found = short.filter(number=number or dataset.latest).first()
    if found is None:
        raise NotFound(_("There is no such revision."))
    found.dataset = dataset
    return found
