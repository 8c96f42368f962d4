"""From an offer to help that was given: offer, accept, decline, withdraw, deliver, verify, send back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Organisation, Person
from civic.core import events
from civic.core.errors import Conflict, Invalid
from civic.core.locking import lock_row
from civic.core.policies import require
from civic.core.states import transition
from projects.contributions import conditions
from projects.contributions.models import Contribution, Want
from projects.contributions.operations import wants
from projects.contributions.states import GIVER_VERBS, ContributionState
from projects.proposals.models import Project

LONGEST = 1000
NEED_REASON = {"decline", "send_back"}


@dataclass(frozen=True)
class Offer:
    """What somebody offers: `amount` in the unit of the want, for themselves or an organisation."""

    amount: int
    message: str = ""
    anonymous: bool = False
    organisation: Organisation | None = None


def offer(*, actor: Person, want: Want, offered: Offer, token: UUID, at: datetime) -> Contribution:
    """Offers help. The same `token` offers once: a second call returns the first offer.

    Raises Forbidden (not of this organisation), Conflict (list or project changed, an offer waits already),
    Invalid (amount, message).
    """
    with transaction.atomic():
        current = wants.lock(want)
        sent = Contribution.objects.filter(person=actor, token=token).first()
        if sent:
            return sent
        _check(actor, current, offered)
        made = Contribution.objects.create(
            want=current, person=actor, token=token, offered_at=at, state_since=at, **vars(offered)
        )
        payload = {"want": str(current.pk), "amount": made.amount}
        events.record("contribution.offered", actor=actor, subject=made, at=at, payload=payload)
    return made


def _check(actor: Person, want: Want, offered: Offer) -> None:
    project = Project.objects.get(pk=want.project_id)
    why_not = conditions.why_not_offer(project)
    if why_not:
        raise Conflict(why_not)
    if offered.organisation:
        require(actor, "help_for", offered.organisation)
    if len(offered.message) > LONGEST:
        raise Invalid(message=_("Please keep the message under %(most)s characters.") % {"most": LONGEST})
    left = want.amount - wants.promised(want)
    if left <= 0:
        raise Conflict(_("Others have offered all of it already. Thank you!"))
    if not 0 < offered.amount <= left:
        words = _("Offer between 1 and %(left)s %(unit)s: that is what is missing.")
        raise Invalid(amount=words % {"left": left, "unit": want.unit})
    if want.contributions.filter(person=actor, state=ContributionState.OFFERED).exists():
        raise Conflict(_("An offer of yours for this waits for an answer already."))


def accept(*, actor: Person, contribution: Contribution, at: datetime, reason: str = "") -> Contribution:
    """Takes the offer. Raises Forbidden, Conflict (more than is wanted), IllegalTransition."""
    return _move(actor, contribution, "accept", reason, at)


def decline(*, actor: Person, contribution: Contribution, reason: str, at: datetime) -> Contribution:
    """Refuses the offer with the reason. Raises Forbidden, Invalid (no reason), IllegalTransition."""
    return _move(actor, contribution, "decline", reason, at)


def withdraw(*, actor: Person, contribution: Contribution, at: datetime, reason: str = "") -> Contribution:
    """Takes an offer or a promise back. Raises Forbidden, IllegalTransition."""
    return _move(actor, contribution, "withdraw", reason, at)


def deliver(*, actor: Person, contribution: Contribution, at: datetime, reason: str = "") -> Contribution:
    """Says that the help was given. Raises Forbidden, IllegalTransition."""
    return _move(actor, contribution, "deliver", reason, at)


def verify(*, actor: Person, contribution: Contribution, at: datetime, reason: str = "") -> Contribution:
    """Confirms that the help was given; from now on it is public. Raises Forbidden, IllegalTransition."""
    return _move(actor, contribution, "verify", reason, at)


def send_back(*, actor: Person, contribution: Contribution, reason: str, at: datetime) -> Contribution:
    """Says what of the help is still missing. Raises Forbidden, Invalid (no reason), IllegalTransition."""
    return _move(actor, contribution, "send_back", reason, at)


VERBS = {step.__name__: step for step in (accept, decline, withdraw, deliver, verify, send_back)}


def _move(actor: Person, contribution: Contribution, verb: str, reason: str, at: datetime) -> Contribution:
    reason = reason.strip()
    if verb in NEED_REASON and not reason:
        raise Invalid(reason=_("Say why, so that the person can do something about it."))
    if len(reason) > LONGEST:
        raise Invalid(reason=_("Please keep it under %(most)s characters.") % {"most": LONGEST})
    with transaction.atomic():
        # The want first, as `offer` does: two offers that are accepted at once would exceed what is wanted.
        want = lock_row(Want.objects, pk=contribution.want_id)
        current = lock_row(Contribution.objects.with_things(), pk=contribution.pk)
        require(actor, verb, current)
        if verb == "accept":
            _fits(want, current)
        transition(current, verb, actor=actor, at=at, reason=reason, payload={"amount": current.amount})
        if verb not in GIVER_VERBS:
            Contribution.objects.filter(pk=current.pk).update(reason=reason)
            current.reason = reason
    return current


def _fits(want: Want, contribution: Contribution) -> None:
    why_not = conditions.why_not_offer(contribution.want.project)
    if why_not:
        raise Conflict(why_not)
    left = want.amount - wants.promised(want)
    if contribution.state == ContributionState.OFFERED and contribution.amount > left:
        words = _("That is more than is missing (%(left)s %(unit)s). Raise what is wanted, or decline it.")
        raise Conflict(words % {"left": left, "unit": want.unit})
