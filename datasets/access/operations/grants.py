"""What becomes of grants: accepted, ordered, suspended, resumed, revoked, ended, expired; and their keys."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Person
from civic.core import events, row_steps
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_row, lock_rows
from civic.core.policies import may, require
from civic.core.states import transition
from datasets.access.conditions import why_not_given
from datasets.access.models import AccessRequest, Grant, Policy
from datasets.access.models.grant import key_digest
from datasets.access.odrl import Deal
from datasets.access.operations.giving import give, mirror
from datasets.access.states import OPEN_REQUEST, GrantState
from datasets.access.vocabularies import Basis, Purpose, Side
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations.datasets import locked
from datasets.catalogue.permissions import Scope
from datasets.catalogue.vocabularies import AccessLevel

LONGEST_REASON = 2000
NO_REASON = gettext_lazy("Give the reason; the other side reads it.")
# So that whoever finds one knows what it is of.
KEY = "cxd_"
# The column that says so of each side.
HOLDS = {Side.CITY: "held", Side.PUBLISHER: "paused"}


def accept_terms(
    *, actor: Person, dataset: Dataset, purpose: str, at: datetime, terms: str | None = None
) -> Grant:
    """Accepts the terms of a dataset that is for everybody with an account, for as long as its publisher gives it.

    `terms` is the digest (`Policy.digest`) of those that a page has shown; None where no page has. One that was
    accepted before ends. Raises Conflict (it is not registered, not published; the terms are others now), Invalid
    (purpose).
    """
    if purpose not in Purpose.values:
        raise Invalid(purpose=_("Choose what you want the data for."))
    with transaction.atomic():
        current = locked(dataset)
        require(actor, "accept_terms", current)
        if why_not := why_not_given(current, AccessLevel.REGISTERED):
            raise Conflict(why_not)
        every = Grant.objects.filter(dataset=current, person=actor, organisation=None)
        mine = every.filter(basis=Basis.REGISTERED).standing()
        standing = lock_rows(mine.select_related("person", "dataset"))
        # Once they are locked. What was suspended or revoked stays so until who did it takes that back, also where its
        # holder has ended it, or its time is over.
        if every.filter(Q(held=True) | Q(paused=True)).exists():
            words = _("Your access was suspended or revoked: accepting the terms again does not change that.")
            raise Conflict(words)
        for before in standing:
            transition(before, "end", actor=actor, at=at)
        policy = Policy.of(current)
        if terms not in (None, policy.digest):
            raise Conflict(_("The terms have changed since you opened this page. Read them again, please."))
        deal = Deal(current, actor, None, purpose, list(Scope.values), policy.longest_days)
        return give(deal, basis=Basis.REGISTERED, by=actor, at=at)


def grant_by_order(*, deal: Deal, at: datetime) -> Grant:
    """What an order has paid for, called by whoever keeps orders, in the order's own transaction.

    Raises Conflict (the dataset is not given by order, or not published).
    """
    with transaction.atomic():
        if why_not := why_not_given(locked(deal.dataset), AccessLevel.BY_ORDER):
            raise Conflict(why_not)
        return give(deal, basis=Basis.BY_ORDER, by=None, at=at)


def suspend_grant(*, actor: Person, grant: Grant, reason: str, at: datetime) -> Grant:
    """Nobody reads by it from this moment on; a download that runs ends at its next check.

    The city and the publisher may both suspend it: then it is suspended until both have ended that.
    Raises Forbidden, Invalid (reason), IllegalTransition.
    """
    return _stopped(actor, grant, "suspend", reason, at)


def revoke_grant(*, actor: Person, grant: Grant, reason: str, at: datetime) -> Grant:
    """Ends it for good, by the publisher or the city; nobody else gives it again until that is released.

    Raises Forbidden, Invalid (reason), IllegalTransition.
    """
    return _stopped(actor, grant, "revoke", reason, at)


def resume_grant(*, actor: Person, grant: Grant, at: datetime) -> Grant:
    """In force again. Raises Forbidden, IllegalTransition, Conflict (its time is over; it is held by both)."""
    with transaction.atomic():
        current = _locked(grant)
        require(actor, "resume", current)
        if current.is_held_by_both:
            raise Conflict(_("The other side has suspended it, too: end your own suspension."))
        if current.expires_at <= at:
            raise Conflict(_("Its time is over."))
        transition(
            current,
            "resume",
            actor=actor,
            at=at,
            payload={"by": (Side.CITY if current.held else Side.PUBLISHER).value},
        )
        current.reason, current.held, current.paused = "", False, False
        current.save(update_fields=["reason", "held", "paused"])
        mirror(current)
    return current


def release_grant(*, actor: Person, grant: Grant, at: datetime) -> Grant:
    """Takes back a suspension of a grant that stays as it is: it is over, or the other side has suspended it, too.

    Raises Forbidden, Conflict (there is nothing to take back, or it can be resumed).
    """
    with transaction.atomic():
        current = _locked(grant)
        require(actor, "release", current)
        if not current.can_release:
            raise Conflict(_("There is no suspension to take back."))
        # Of both at once for whoever is on both sides, the publisher's first.
        side = Side.PUBLISHER if current.paused and may(actor, "edit", current.dataset) else Side.CITY
        events.record("grant.released", actor=actor, subject=current, at=at, payload={"by": side.value})
        setattr(current, HOLDS[side], False)
        current.save(update_fields=[HOLDS[side]])
    return current


def end_grant(*, actor: Person, grant: Grant, at: datetime) -> Grant:
    """Whoever holds it needs it no more. Raises Forbidden, IllegalTransition."""
    with transaction.atomic():
        current = _locked(grant)
        require(actor, "end", current)
        transition(current, "end", actor=actor, at=at)
        mirror(current)
    return current


def make_key(*, actor: Person, grant: Grant, at: datetime) -> str:
    """A key by which programs read in the actor's name; it is shown once, and the one before opens nothing any more.

    Raises Forbidden, Conflict (the grant is not in force).
    """
    key = KEY + secrets.token_urlsafe(32)
    with transaction.atomic():
        current = _locked(grant)
        require(actor, "make_key", current)
        if current.state != GrantState.ACTIVE or current.is_over(at):
            raise Conflict(_("This grant is not in force."))
        events.record("grant.key_made", actor=actor, subject=current, at=at)
        current.key_digest, current.key_person = key_digest(key), actor
        current.save(update_fields=["key_digest", "key_person"])
    return key


def expire_grants(*, at: datetime) -> int:
    """Says of grants whose time is over that they have expired; reads ask for the time themselves."""
    due = Grant.objects.due(at).order_by("pk")
    return row_steps.each("grants to expire", due, lambda grant: _expire(grant, at), at=at)


def _expire(grant: Grant, at: datetime) -> bool:
    with transaction.atomic():
        current = _locked(grant)
        if not current.can("expire"):
            return False
        transition(current, "expire", actor=None, at=at)
        mirror(current)
    return True


def end_of_erased(*, at: datetime) -> int:
    """Ends what people have left behind whose account is erased: nobody holds it."""
    left = {"person": None, "organisation": None}
    with transaction.atomic():
        grants = lock_rows(Grant.objects.standing().filter(**left))
        for grant in grants:
            transition(grant, "end", actor=None, at=at)
        requests = lock_rows(AccessRequest.objects.filter(person=None, state__in=OPEN_REQUEST))
        for request in requests:
            transition(request, "withdraw", actor=None, at=at)
    return len(grants) + len(requests)


def _stopped(actor: Person, grant: Grant, verb: str, reason: str, at: datetime) -> Grant:
    reason = required(reason, NO_REASON, longest=LONGEST_REASON)
    with transaction.atomic():
        # Before the grant, as whatever gives access does, which looks for what is held: one of the two comes first.
        locked(grant.dataset)
        current = _locked(grant)
        require(actor, verb, current)
        side = _side(actor, current)
        by = {"by": side.value}
        if verb == "suspend" and current.state == GrantState.SUSPENDED and not getattr(current, HOLDS[side]):
            events.record("grant.held", actor=actor, subject=current, at=at, payload=by, note=reason)
        else:
            transition(current, verb, actor=actor, at=at, reason=reason, payload=by)
            current.reason = reason
        setattr(current, HOLDS[side], True)
        current.save(update_fields=["reason", HOLDS[side]])
        mirror(current)
    return current


def _side(actor: Person, grant: Grant) -> Side:
    """For whom somebody acts who takes a grant back: the publisher, where they write its data."""
    return Side.PUBLISHER if may(actor, "edit", grant.dataset) else Side.CITY


def _locked(grant: Grant) -> Grant:
    """The grant as it is now, locked; after its dataset and its request, in every operation that locks them."""
    rows = Grant.objects.select_related("dataset__publisher", "person", "organisation")
    return lock_row(rows, pk=grant.pk)
