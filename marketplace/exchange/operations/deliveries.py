"""What an awarded organisation delivers, and the team's answer, which runs the checks of the need."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Forbidden, Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import require
from civic.core.states import transition
from datasets.catalogue.models import Revision
from marketplace.exchange import conditions, locking
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed, Delivery, Offer
from marketplace.exchange.operations.gifts import cancel_payments, settle_gifts
from marketplace.exchange.queries.checks import run_checks
from marketplace.exchange.states import LIVE_GIFT, NeedState, OfferState
from projects.proposals.roles import in_team


def deliver(*, actor: Person, offer: Offer, revision: Revision, at: datetime) -> Delivery:
    """Says that this published revision is what was offered.

    Raises Forbidden, Invalid (another dataset), Conflict (not published, the last day is over), IllegalTransition.
    """
    with transaction.atomic():
        current = locking.lock_offer(offer)
        need = current.need
        require(actor, "deliver", current)
        if current.state != OfferState.AWARDED or need.state != NeedState.AWARDED:
            raise Conflict(_("This offer is not awarded, or delivered already."))
        if conditions.is_past(need, at):
            raise Conflict(_("Its last day is over."))
        if revision.dataset_id != current.dataset_id:
            raise Invalid(revision=_("Choose a revision of the dataset that was offered."))
        revision.dataset = current.dataset
        if why := conditions.why_not_read(need, revision, at):
            raise Conflict(why)
        number = current.deliveries.count() + 1
        delivery = Delivery(offer=current, revision=revision, number=number, delivered_at=at)
        events.record("data_delivery.made", actor=actor, subject=delivery, at=at)
        delivery.save(force_insert=True)
        transition(need, "deliver", actor=actor, at=at)
    return delivery


def accept_delivery(*, actor: Person, delivery: Delivery, at: datetime) -> Delivery:
    """Takes what was delivered: all checks pass, and the bounty is the organisation's, or goes back where it came free.

    Raises Forbidden (not the team, of the organisation, or a steward before the 30 days are over), Conflict (a check
    fails, the organisation is suspended or stands on both sides, it is answered already).
    """
    with transaction.atomic():
        need, current = _answered(actor, delivery, at)
        if why := conditions.why_not_deliverable(current.offer):
            raise Conflict(why)
        checks = run_checks(need, current, at)
        if failed := [one for one in checks if not one.passed]:
            words = _("%(name)s: %(reason)s Return it, and say what is missing.")
            raise Conflict(words % {"name": failed[0].name, "reason": failed[0].reason})
        _write(current, Delivery.Answer.ACCEPTED, actor, "", at)
        transition(need, "accept", actor=actor, at=at)
        for other in Offer.objects.filter(need=need, state=OfferState.MADE).order_by("pk"):
            transition(other, "decline", actor=actor, at=at)
        cancel_payments(need, at)
        if current.offer.is_for_bounty and BountyGift.objects.filter(need=need, state__in=LIVE_GIFT).exists():
            payout = BountyPayout(need=need, offer=current.offer, currency=need.currency, state_since=at)
            events.record("bounty_payout.planned", actor=None, subject=payout, at=at)
            payout.save(force_insert=True)
        settle_gifts(need, at)
    return current


def return_delivery(*, actor: Person, delivery: Delivery, reason: str, at: datetime) -> Delivery:
    """Gives it back with a reason; the organisation has two weeks at least to deliver again.

    Raises Forbidden, Invalid without a reason, Conflict (it is answered already; the project has ended).
    """
    reason = required(reason, _("Say what is missing; the organisation delivers again."), longest=2000)
    with transaction.atomic():
        need, current = _answered(actor, delivery, at)
        if not conditions.may_state(need.project):
            # It would be open again, in a project that takes nothing any more.
            raise Conflict(_("The project has ended. Accept it, or ask a data steward to end the need."))
        _write(current, Delivery.Answer.RETURNED, actor, reason, at)
        transition(need, "return", actor=actor, at=at, reason=reason)
        # Else a team could return the best of data on the last day, and let it lapse.
        latest = max(need.deadline, localdate(at) + timedelta(days=conditions.AFTER_RETURN.days))
        if latest > need.deadline:
            # First: without it the database keeps the day.
            told = {"deadline": latest.isoformat()}
            events.record("data_need.extended", actor=actor, subject=need, at=at, payload=told)
            DataNeed.objects.filter(pk=need.pk).update(deadline=latest)
            need.deadline = latest
    return current


def _answered(actor: Person, delivery: Delivery, at: datetime) -> tuple[DataNeed, Delivery]:
    """Need and delivery locked, for whoever answers it now."""
    offer = locking.lock_offer(delivery.offer)
    need = offer.need
    current = lock_row(Delivery.objects.select_related("revision"), pk=delivery.pk)
    current.offer = offer
    require(actor, "answer", offer)
    since = need.state_since
    if not in_team(actor, need.project) and (since is None or at < since + conditions.UNANSWERED):
        raise Forbidden(_("The team answers within 30 days; the city answers in its place only after that."))
    if need.state != NeedState.DELIVERED or offer.state != OfferState.AWARDED or current.answer:
        raise Conflict(_("This delivery is answered already."))
    return need, current


def _write(delivery: Delivery, answer: Delivery.Answer, actor: Person, reason: str, at: datetime) -> None:
    checks = [one.kept() for one in run_checks(delivery.offer.need, delivery, at)]
    # First: without it the database refuses the answer.
    kind = "data_delivery.accepted" if answer == Delivery.Answer.ACCEPTED else "data_delivery.returned"
    events.record(kind, actor=actor, subject=delivery, at=at, note=reason)
    told = {"answer": answer, "answered_at": at, "answered_by": actor, "checks": checks, "reason": reason}
    Delivery.objects.filter(pk=delivery.pk).update(**told)
    for name, value in told.items():
        setattr(delivery, name, value)
