"""From a proposal to what is shown beside the data: propose, approve, decline, take down, restore, withdraw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from civic.accounts.models import Organisation, Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import require
from civic.core.states import transition
from datasets.catalogue.models import Dataset
from datasets.reuses import conditions
from datasets.reuses.models import LONGEST_TEXT, LONGEST_TITLE, MOST_DATASETS, Kind, Reuse
from datasets.reuses.states import ReuseState

MOST_WAITING = 5


@dataclass(frozen=True)
class Said:
    """What somebody says about what they have built; `address` is where it is on the web."""

    kind: str
    title: str
    description: str
    address: str
    organisation: Organisation | None = None


def propose(*, actor: Person, datasets: Sequence[Dataset], said: Said, token: UUID, at: datetime) -> Reuse:
    """Proposes what was built with these datasets. The same `token` proposes once.

    Raises Forbidden (not of this organisation), Conflict (a dataset is not published, too many wait), Invalid.
    """
    _check(said)
    if not 0 < len({dataset.pk for dataset in datasets}) <= MOST_DATASETS:
        raise Invalid(datasets=_("Choose between 1 and %(most)s datasets.") % {"most": MOST_DATASETS})
    with transaction.atomic():
        # The person first: two forms sent at once would exceed what may wait. NO KEY: rows that refer to the person
        # need not wait for it.
        lock_row(Person.objects, no_key=True, pk=actor.pk)
        sent = Reuse.objects.filter(person=actor, token=token).first()
        if sent:
            return sent
        if said.organisation:
            require(actor, "propose_reuse", said.organisation)
        for dataset in Dataset.objects.filter(pk__in=[one.pk for one in datasets]):
            require(actor, "propose_reuse", dataset)
            if why_not := conditions.why_not_proposed(dataset):
                raise Conflict(why_not)
        # What was taken back on the same day counts: each proposal is a letter to every data steward.
        today = Q(state=ReuseState.WITHDRAWN, proposed_at__gt=at - timedelta(days=1))
        if actor.reuses.filter(Q(state=ReuseState.PROPOSED) | today).count() >= MOST_WAITING:
            words = _("You have proposed %(most)s already. More can follow once a data steward has looked.")
            raise Conflict(words % {"most": MOST_WAITING})
        made = Reuse.objects.create(person=actor, token=token, proposed_at=at, state_since=at, **vars(said))
        made.datasets.set(datasets)
        events.record("reuse.proposed", actor=actor, subject=made, at=at)
    return made


def _check(said: Said) -> None:
    if said.kind not in Kind.values:
        raise Invalid(kind=_("Choose what it is."))
    required(said.title, _("Give it a title."), field="title")
    required(said.description, _("Say what it does with the data."), field="description")
    for name, most in (("title", LONGEST_TITLE), ("description", LONGEST_TEXT)):
        if len(getattr(said, name)) > most:
            raise Invalid(**{name: _("Please keep it under %(most)s characters.") % {"most": most}})
    parts = urlsplit(said.address)
    # A name and password in an address make it look like that of somebody else.
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise Invalid(
            address=_("Give the whole address, with https:// and without a name or password in it.")
        )


def approve(*, actor: Person, reuse: Reuse, at: datetime) -> Reuse:
    """Shows it beside its datasets. Raises Forbidden (one's own), Conflict (hidden all the same), IllegalTransition."""
    return _move(actor, reuse, "approve", "", at)


def decline(*, actor: Person, reuse: Reuse, reason: str, at: datetime) -> Reuse:
    """Does not show it, with the reason. Raises Forbidden (one's own), Invalid (no reason), IllegalTransition."""
    return _move(actor, reuse, "decline", _reason(reason), at)


def take_down(*, actor: Person, reuse: Reuse, reason: str, at: datetime) -> Reuse:
    """Shows it no longer, with the reason. Raises Forbidden (one's own), Invalid (no reason), IllegalTransition."""
    return _move(actor, reuse, "take_down", _reason(reason), at)


def restore(*, actor: Person, reuse: Reuse, at: datetime) -> Reuse:
    """Shows again what the city had taken down. Raises as `approve`."""
    return _move(actor, reuse, "restore", "", at)


def withdraw(*, actor: Person, reuse: Reuse, at: datetime) -> Reuse:
    """Takes it back; for good, another can be proposed. Raises Forbidden, IllegalTransition."""
    return _move(actor, reuse, "withdraw", "", at)


def _reason(reason: str) -> str:
    reason = reason.strip()
    required(reason, _("Say why, so that they can do something about it."), field="reason")
    if len(reason) > LONGEST_TEXT:
        raise Invalid(reason=_("Please keep it under %(most)s characters.") % {"most": LONGEST_TEXT})
    return reason


def _move(actor: Person, reuse: Reuse, verb: str, reason: str, at: datetime) -> Reuse:
    with transaction.atomic():
        current = lock_row(Reuse.objects.with_names(), pk=reuse.pk)
        require(actor, verb, current)
        if (
            verb in ("approve", "restore")
            and current.can(verb)
            and (why := conditions.why_not_shown(current))
        ):
            raise Conflict(why)
        transition(current, verb, actor=actor, at=at, reason=reason)
        if verb != "withdraw":
            Reuse.objects.filter(pk=current.pk).update(reason=reason)
            current.reason = reason
    return current
