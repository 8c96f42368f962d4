"""Saving queries, removing them, and their embeds."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events, ids
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import require
from datasets.analytics import embeds
from datasets.analytics.answers import require_answer
from datasets.analytics.engine.language import Query
from datasets.analytics.models import Chart, SavedQuery
from datasets.catalogue.models import Dataset
from datasets.catalogue.permissions import Reader


@dataclass(frozen=True)
class Kept:
    """What is said of a query: its name, of which revision it is (None: the newest), how it is drawn, where shown."""

    name: str
    revision: int | None = None
    chart: str = Chart.NONE
    shown: bool = False


# Of one person, so that nobody fills the table.
MOST = 500


def save_query(
    *,
    actor: Person,
    dataset: Dataset,
    query: Query,
    said: Kept,
    at: datetime,
    key: UUID | None = None,
) -> SavedQuery:
    """Keeps a query under an address, of one revision or of the newest. The same `key` sent twice gives the same one.

    Raises Forbidden (also whoever may not ask the dataset), Invalid, Conflict (more than a person may have).
    """
    name = required(" ".join(said.name.split()), _("Give it a name."), field="name", longest=120)
    if said.revision is not None and not dataset.revisions.filter(number=said.revision).exists():
        raise Invalid(revision=_("There is no such revision."))
    require_answer(Reader(actor), dataset, query, at)
    if said.shown:
        require(actor, "show_query", dataset)
    key = key or ids.new_id()
    with transaction.atomic():
        # By one person one after the other, or the second of a double click would not see the first.
        lock_row(Person.objects, pk=actor.pk, no_key=True)
        mine = SavedQuery.objects.filter(owner=actor)
        if known := mine.filter(pk=key).first():
            return known
        if mine.kept().count() >= MOST:
            raise Conflict(_("You have %(most)d saved queries; remove one first.") % {"most": MOST})
        about = {**asdict(said), "name": name, "query": query.document(), "saved_at": at}
        saved = SavedQuery(pk=key, dataset=dataset, owner=actor, **about)
        events.record("query.saved", actor=actor, subject=saved, at=at)
        saved.save(force_insert=True)
    return saved


def remove_query(*, actor: Person, query: SavedQuery, at: datetime) -> SavedQuery:
    """Takes a query from its address, which says so from then on; its embeds are over. Raises Forbidden, Conflict."""
    with transaction.atomic():
        current = _locked(query)
        require(actor, "remove", current)
        events.record("query.removed", actor=actor, subject=current, at=at)
        current.removed_at = at
        current.save(update_fields=["removed_at"])
    return current


def sign_embed(*, actor: Person, query: SavedQuery, days: int, at: datetime) -> str:
    """A token by which anybody sees the answer for so many days, as long as the actor may ask; its publisher sees that.

    Raises Forbidden (also of what people share), Conflict (it was removed).
    """
    until = embeds.end_of(days, at)
    with transaction.atomic():
        current = _locked(query)
        require(actor, "embed", current)
        embeds.require_possible(current)
        require_answer(Reader(actor), current.dataset, current.asked, at)
        told = {"until": until.isoformat(timespec="seconds")}
        events.record("query.embed_signed", actor=actor, subject=current, at=at, payload=told)
        current.embedded_until = max(current.embedded_until or until, until)
        current.save(update_fields=["embedded_until"])
    return embeds.signed(current, days=days, at=at)


def end_embeds(*, actor: Person, query: SavedQuery, at: datetime) -> SavedQuery:
    """Ends all embeds that were signed so far. Raises Forbidden, Conflict."""
    with transaction.atomic():
        current = _locked(query)
        require(actor, "end_embeds", current)
        events.record("query.embeds_ended", actor=actor, subject=current, at=at)
        current.embed_round += 1
        current.embedded_until = None
        current.save(update_fields=["embed_round", "embedded_until"])
    return current


def _locked(query: SavedQuery) -> SavedQuery:
    current = lock_row(SavedQuery.objects.select_related("dataset__publisher"), pk=query.pk)
    if current.removed_at:
        raise Conflict(_("This query was removed."))
    return current
