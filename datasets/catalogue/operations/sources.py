"""Catalogues that are harvested: which ones, when, and what is answered where a harvest asks."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Organisation, Person
from civic.accounts.states import INACTIVE
from civic.core import events, outgoing, row_steps
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import require
from civic.core.states import transition
from datasets.catalogue.models import Harvest, HarvestStep, Source
from datasets.catalogue.states import UNDER_WAY, SourceState


def add_source(
    *,
    actor: Person,
    title: str,
    kind: str,
    address: str,
    publisher: Organisation,
    theme: str,
    at: datetime,
) -> Source:
    """A catalogue that is harvested from now on, in the name of `publisher`. Raises Forbidden, Invalid."""
    require(actor, "manage", Source)
    title = required(title, _("Give the catalogue a name."), field="title", longest=120)
    address = address.strip()
    try:
        outgoing.checked(address)
    except outgoing.Unreachable as wrong:
        raise Invalid(address=wrong.detail) from None
    source = Source(title=title, kind=kind, address=address, publisher=publisher, theme=theme, state_since=at)
    try:
        with transaction.atomic():
            require(actor, "manage", source)
            events.record("source.added", actor=actor, subject=source, at=at)
            source.save(force_insert=True)
    except IntegrityError:
        raise Invalid(address=_("This catalogue is harvested already.")) from None
    return source


def pause_source(*, actor: Person, source: Source, reason: str, at: datetime) -> None:
    """Harvests it no more; what was taken over stays. Raises Forbidden, IllegalTransition."""
    require(actor, "manage", source)
    transition(source, "pause", actor=actor, at=at, reason=reason)


def resume_source(*, actor: Person, source: Source, at: datetime) -> None:
    """Harvests it again. Raises Forbidden, IllegalTransition."""
    require(actor, "manage", source)
    transition(source, "resume", actor=actor, at=at)


def harvest_now(*, actor: Person, source: Source, at: datetime) -> Harvest:
    """Begins a harvest, which a worker carries out. Raises Forbidden, Conflict (paused, or one is under way)."""
    with transaction.atomic():
        current = lock_row(Source.objects.select_related("publisher"), pk=source.pk)
        require(actor, "manage", current)
        if current.state != SourceState.ACTIVE:
            raise Conflict(_("It is paused. Resume it first."))
        if current.publisher.state in INACTIVE:
            raise Conflict(_("The organisation that publishes it is suspended or closed."))
        if current.harvests.filter(state__in=UNDER_WAY).exists():
            raise Conflict(_("A harvest of it is under way already, or waits for an answer."))
        return _begin(current, actor, at)


def harvest_daily(*, at: datetime) -> int:
    """Begins a harvest of each active source that has none open; returns how many. One that fails stops no other."""
    active = Source.objects.filter(state=SourceState.ACTIVE).exclude(publisher__state__in=INACTIVE)
    due = active.exclude(harvests__state__in=UNDER_WAY).order_by("pk")
    return row_steps.each("sources to be harvested", due, lambda source: _begin_again(source, at), at=at)


def _begin_again(source: Source, at: datetime) -> bool:
    with transaction.atomic():
        current = lock_row(Source.objects.all(), pk=source.pk)
        if current.state != SourceState.ACTIVE or current.harvests.filter(state__in=UNDER_WAY).exists():
            return False
        _begin(current, None, at)
    return True


def _begin(source: Source, actor: Person | None, at: datetime) -> Harvest:
    """With the lock of the source: of two at once the second finds the first."""
    harvest = Harvest(source=source, begun_at=at, state_since=at)
    events.record("harvest.begun", actor=actor, subject=harvest, at=at)
    harvest.save(force_insert=True)
    HarvestStep.objects.create(harvest=harvest, step=HarvestStep.Step.FETCH, due_at=at)
    return harvest


def confirm_harvest(*, actor: Person, harvest: Harvest, reason: str, at: datetime) -> None:
    """Goes on with one that waits: also what is gone from the source goes. Raises Forbidden, IllegalTransition."""
    with transaction.atomic():
        require(actor, "decide", harvest)
        transition(harvest, "confirm", actor=actor, at=at, reason=reason)
        HarvestStep.objects.create(harvest=harvest, step=HarvestStep.Step.APPLY, due_at=at)


def decline_harvest(*, actor: Person, harvest: Harvest, reason: str, at: datetime) -> None:
    """Gives one up that waits: nothing of it is taken over. Raises Forbidden, IllegalTransition."""
    with transaction.atomic():
        require(actor, "decide", harvest)
        transition(harvest, "decline", actor=actor, at=at, reason=reason)
