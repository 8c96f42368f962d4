"""Offers to a need: made and taken back by an organisation, awarded by the project's team."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Organisation, Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, required
from civic.core.policies import require
from civic.core.states import transition
from datasets.catalogue.models import Dataset
from datasets.catalogue.states import DatasetState
from marketplace.exchange import conditions, locking
from marketplace.exchange.models import DataNeed, Offer
from marketplace.exchange.states import NeedState, OfferState

NO_REASON = gettext_lazy("Say why; the other side reads it.")


def make_offer(  # noqa: PLR0913 - who, for whom, which data, for what, and its words
    *,
    actor: Person,
    need: DataNeed,
    organisation: Organisation,
    dataset: Dataset,
    kind: str,
    at: datetime,
    valuation: str = "",
    estimate: int | None = None,
    note: str = "",
) -> Offer:
    """Offers a dataset of the organisation, a draft or a published one.

    Raises Forbidden (nobody who acts for it), Conflict (the need takes no offers, the project's own people, one is made
    already), Invalid (somebody else's data, no word of what is wanted).
    """
    if kind not in Offer.Kind.values:
        raise Invalid(kind=_("Choose what you want in return."))
    if kind in (Offer.Kind.SERVICE, Offer.Kind.KIND):
        words = _("Say what you want in return, so that others can judge it.")
        valuation = required(valuation, words, field="valuation", longest=300)
    elif valuation.strip() or estimate is not None:
        raise Invalid(valuation=_("For the bounty, or free, nothing else is wanted in return."))
    with transaction.atomic():
        current = locking.lock_need(need)
        require(actor, "offer_data", organisation)
        if why := conditions.why_no_offer(current, at):
            raise Conflict(why)
        # A table of the exchange itself is nobody's to sell: everybody has it already.
        if dataset.publisher_id != organisation.pk or dataset.is_harvested or dataset.source:
            raise Invalid(dataset=_("Choose a dataset that this organisation publishes here."))
        if dataset.state == DatasetState.WITHDRAWN:
            raise Invalid(dataset=_("This dataset is withdrawn."))
        offer = Offer(
            need=current,
            organisation=organisation,
            dataset=dataset,
            person=actor,
            kind=kind,
            valuation=valuation.strip(),
            estimate=estimate,
            note=note.strip()[:2000],
            state_since=at,
        )
        if why := conditions.why_not_deliverable(offer):
            raise Conflict(why)
        _insert(offer, actor, at)
        if current.state == NeedState.OPEN:
            transition(current, "offer", actor=actor, at=at)
    return offer


def _insert(offer: Offer, actor: Person, at: datetime) -> None:
    try:
        with transaction.atomic():
            events.record("data_offer.made", actor=actor, subject=offer, at=at)
            offer.save(force_insert=True)
    except IntegrityError as error:
        if "one_live_offer_an_organisation" not in str(error):
            raise
        raise Conflict(_("Your organisation has an offer here already: take that back first.")) from error


def withdraw_offer(*, actor: Person, offer: Offer, reason: str, at: datetime) -> Offer:
    """Takes an offer back, also one that was awarded and is not delivered: the need is open again.

    Raises Forbidden, Invalid without a reason, Conflict (it waits for an answer, or is accepted), IllegalTransition.
    """
    reason = required(reason, NO_REASON)
    with transaction.atomic():
        current = locking.lock_offer(offer)
        require(actor, "withdraw", current)
        _step_back(current, "withdraw", actor, reason, at)
    return current


def award_offer(*, actor: Person, offer: Offer, at: datetime) -> Offer:
    """Chooses an offer: the organisation delivers next. The others wait, in case it does not.

    Raises Forbidden (not the team, or of the organisation that offers), Conflict (organisation, conflict of interest,
    the last day is over), IllegalTransition.
    """
    with transaction.atomic():
        current = locking.lock_offer(offer)
        require(actor, "award", current)
        if why := conditions.why_not_deliverable(current):
            raise Conflict(why)
        if current.need.can("award") and (why := conditions.why_no_gift(current.need, at)):
            raise Conflict(why)
        if not current.need.can("award"):
            # Refused by its state, before the offer moves.
            transition(current.need, "award", actor=actor, at=at)
        transition(current, "award", actor=actor, at=at)
        transition(current.need, "award", actor=actor, at=at)
    return current


def release_award(*, actor: Person, offer: Offer, reason: str, at: datetime) -> Offer:
    """Takes an award back that was not delivered yet: another offer can be chosen.

    Raises Forbidden, Invalid without a reason, Conflict (it is delivered), IllegalTransition.
    """
    reason = required(reason, NO_REASON)
    with transaction.atomic():
        current = locking.lock_offer(offer)
        require(actor, "release", current)
        if current.state != OfferState.AWARDED:
            raise Conflict(_("This offer is not awarded."))
        _step_back(current, "decline", actor, reason, at)
    return current


def _step_back(offer: Offer, verb: str, actor: Person, reason: str, at: datetime) -> None:
    """The need follows: it has other offers still, or is open again."""
    need = offer.need
    if offer.state == OfferState.AWARDED and need.state != NeedState.AWARDED:
        raise Conflict(_("It is delivered: it waits for its answer, or has it."))
    was_awarded = offer.state == OfferState.AWARDED
    transition(offer, verb, actor=actor, at=at, reason=reason)
    others = Offer.objects.filter(need=need, state=OfferState.MADE).exists()
    if was_awarded or (need.state == NeedState.OFFERED and not others):
        transition(need, "reopen", actor=actor, at=at, reason=reason)
    if was_awarded and others:
        transition(need, "offer", actor=None, at=at)
