"""Promising money, changing one's mind until the close, and stopping monthly payments."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, Text
from civic.core.money import Money
from civic.core.policies import require
from civic.core.states import transition
from marketplace.campaigns import conditions, goal, locking
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.operations import pledge_payments
from marketplace.campaigns.states import InstalmentState
from marketplace.payments.models import Charge, MethodSetup
from marketplace.payments.queries.charges import charge_for

MOST_MONTHS = 36
SAME_WISH = gettext_lazy(
    "Your name is shown or hidden for all that you give to this project. Change it on the page of your earlier pledge."
)


@dataclass(frozen=True)
class Started:
    """A pledge, and the payment or saving of a card that its person goes on with; None where nothing is left to do."""

    pledge: Pledge
    payment: Charge | MethodSetup | None


def pledge(
    *,
    actor: Person,
    campaign: Campaign,
    amount: Money,
    provider: str,
    token: UUID,
    at: datetime,
    months: int = 1,
    anonymous: bool = False,
) -> Started:
    """Promises `amount` to the campaign: once, or each month for `months` months. The same `token` pledges once.

    An all-or-nothing campaign saves the way to pay and charges at its close; a bank transfer, and one gift to a
    campaign that keeps what it raises, is paid at once. Raises Conflict (the campaign takes no pledge now, its
    places are taken, the token stands for another pledge), Invalid (amount, months, provider), Unavailable.
    """
    frequency = Pledge.Frequency.MONTHLY if months > 1 else Pledge.Frequency.ONCE
    wanted = Pledge(
        campaign=campaign,
        person=actor,
        amount_minor=amount.minor,
        currency=amount.currency,
        frequency=frequency,
        months=months,
        anonymous=anonymous,
        provider=provider,
        token=token,
        state_since=at,
    )
    try:
        with transaction.atomic():
            return _pledge(wanted, at)
    except IntegrityError as error:
        return _explain(wanted, error)


def rehearse_pledge(
    *,
    actor: Person,
    campaign: Campaign,
    amount: Money,
    provider: str,
    at: datetime,
    months: int = 1,
    anonymous: bool = False,
) -> None:
    """Raises what `pledge` would refuse at this moment, so that nobody looks over what cannot be; writes nothing."""
    wanted = Pledge(
        campaign=campaign,
        person=actor,
        amount_minor=amount.minor,
        currency=amount.currency,
        frequency=Pledge.Frequency.MONTHLY if months > 1 else Pledge.Frequency.ONCE,
        months=months,
        anonymous=anonymous,
        provider=provider,
    )
    with transaction.atomic():
        known = locking.pledge_context(campaign, actor, None, at)
        wanted.campaign = known
        _check(wanted, known, at)


def _pledge(wanted: Pledge, at: datetime) -> Started:
    person = wanted.person
    assert person is not None
    known = locking.pledge_context(wanted.campaign, person, wanted.token, at)
    if known.sent:
        return again(wanted)
    _check(wanted, known, at)
    wanted.campaign = known
    wanted.save(force_insert=True)
    events.record("pledge.started", actor=person, subject=wanted, at=at)
    return Started(wanted, pledge_payments.begin(wanted, at))


def again(wanted: Pledge) -> Started:
    """The pledge that this form has made already. Raises Conflict where it said something else."""
    made = Pledge.objects.select_related("campaign").get(person=wanted.person, token=wanted.token)
    same = ("campaign_id", "amount_minor", "currency", "months", "provider", "anonymous")
    if any(getattr(made, name) != getattr(wanted, name) for name in same):
        raise Conflict(_("This form has been sent before, with something else in it."), code="key-reused")
    return Started(made, pledge_payments.payment_of(made))


def _check(wanted: Pledge, known: locking.PledgeContext, at: datetime) -> None:
    why = conditions.why_no_pledge(known, known.project_state, known.in_phase, at)
    if why:
        raise Conflict(why)
    if not 1 <= wanted.months <= MOST_MONTHS:
        raise Invalid(months=_("Choose between 1 and %(most)s months.") % {"most": MOST_MONTHS})
    if known.nameless is not None and known.nameless != wanted.anonymous:
        # The list of backers would change in the moment of the gift, and so say whose it is.
        raise Invalid(anonymous=SAME_WISH)
    check_amount(wanted.amount, known, more=wanted.amount_minor, months=wanted.months)
    pledge_payments.check_provider(wanted, known)


def check_amount(amount: Money, known: locking.PledgeContext, *, more: int, months: int) -> None:
    """Raises Invalid outside of the campaign's limits, Conflict where `more` does not fit under its cap.

    `more` is that of one month: the cap takes the first, what a person may pledge is all of them.
    """
    if amount.currency != known.currency:
        raise Invalid(amount=_("This campaign counts in %(currency)s.") % {"currency": known.currency})
    if amount.minor < known.pledge_min_minor:
        raise Invalid(
            amount=_("The smallest pledge is %(least)s.") % {"least": known.money(known.pledge_min_minor)}
        )
    if known.pledge_max_minor is not None and known.mine_minor + more * months > known.pledge_max_minor:
        raise Invalid(amount=_too_much(known, months))
    if known.cap_minor is not None and known.taken_minor + more > known.cap_minor:
        raise Conflict(_no_place(known))


def _too_much(known: locking.PledgeContext, months: int) -> Text:
    left = known.money(max((known.pledge_max_minor or 0) - known.mine_minor, 0))
    text = _("One person can pledge %(most)s at most here; you can still pledge %(left)s.")
    if months > 1:
        text = _(
            "One person can pledge %(most)s at most here, all months together; you can still pledge %(left)s."
        )
    return text % {"most": known.money(known.pledge_max_minor or 0), "left": left}


def _no_place(known: locking.PledgeContext) -> Text:
    left = known.money(max((known.cap_minor or 0) - known.taken_minor, 0))
    return _("This campaign takes %(left)s more at most.") % {"left": left}


# The database's own rules say no where somebody else was faster by a moment (migrations/0002_campaign_rules).
RULES = {
    "pledge_over_the_cap": gettext_lazy(
        "Somebody else was faster: this campaign has no room for this amount any more."
    ),
    "pledge_over_a_persons_most": gettext_lazy(
        "Together with your other pledge that is more than one person can give."
    ),
    "pledge_in_time": gettext_lazy("This campaign has just ended."),
}


def _explain(wanted: Pledge, error: IntegrityError) -> Started:
    """What stopped the insert: the same form a moment before, or a rule of the database."""
    if "one_pledge_a_form" in str(error):
        return again(wanted)
    raise refusal(error) from error


def refusal(error: IntegrityError) -> Exception:
    """A Conflict in words where a rule of the database said no; otherwise the error itself."""
    for rule, words in RULES.items():
        if rule in str(error):
            return Conflict(words)
    return error


def change_pledge(*, actor: Person, pledge: Pledge, amount: Money, at: datetime) -> Pledge:
    """Promises another amount, until the campaign closes. Raises Forbidden, Conflict, Invalid (amount)."""
    require(actor, "change", pledge)
    try:
        with transaction.atomic():
            return _change(actor, pledge, amount, at)
    except IntegrityError as error:
        raise refusal(error) from error


def _change(actor: Person, pledge: Pledge, amount: Money, at: datetime) -> Pledge:
    current = locking.lock_with_campaign(pledge)
    if not conditions.can_change(current, at):
        raise Conflict(_("This pledge can't be changed any more."))
    known = locking.pledge_context(current.campaign, actor, None, at)
    check_amount(amount, known, more=amount.minor - current.amount_minor, months=current.months)
    pledge_payments.check_payable(current.provider, amount)
    Pledge.objects.filter(pk=current.pk).update(amount_minor=amount.minor)
    current.amount_minor = amount.minor
    events.record("pledge.changed", actor=actor, subject=current, at=at)
    # Its event has the campaign counted: here all other pledges would wait for that.
    goal.refresh(current.campaign, at)
    return current


def cancel_pledge(*, actor: Person, pledge: Pledge, at: datetime) -> Pledge:
    """Takes a pledge back until the campaign closes; what was paid is given back. Raises Forbidden, Conflict."""
    require(actor, "cancel", pledge)
    with transaction.atomic():
        current = locking.lock_with_campaign(pledge)
        if not conditions.can_cancel(current, at):
            raise Conflict(_("This pledge can't be cancelled any more."))
        transition(current, "cancel", actor=actor, at=at)
        pledge_payments.release(current, reason="cancelled by its person", at=at)
        # Its event has the campaign counted: here all other pledges would wait for that.
        goal.withdraw(current, at)
    return current


def show_name(*, actor: Person, pledge: Pledge, shown: bool, at: datetime) -> None:
    """Shows the person's name in the list of backers, or hides it, for all that they gave to the campaign.

    For all of it, and apart from any gift: a name that goes in the moment of a gift says whose it is. Raises Forbidden.
    """
    require(actor, "name", pledge)
    with transaction.atomic():
        campaign = locking.lock_shared(pledge.campaign)
        for one in locking.lock_pledges_of(actor, campaign):
            if one.anonymous == shown:
                kind = "pledge.named" if shown else "pledge.hidden"
                # First: without it the database refuses the change (campaigns/sql/names_0009.sql).
                events.record(kind, actor=actor, subject=one, at=at)
                Pledge.objects.filter(pk=one.pk).update(anonymous=not shown)


def stop_monthly(*, actor: Person, pledge: Pledge, at: datetime) -> Pledge:
    """Ends monthly payments: what is paid stays paid, nothing more is charged. Raises Forbidden, Conflict."""
    require(actor, "stop", pledge)
    with transaction.atomic():
        current = locking.lock_pledge(pledge)
        if not conditions.can_stop(current):
            raise Conflict(_("There is nothing left to stop."))
        for instalment in Instalment.objects.filter(pledge=current, state=InstalmentState.DUE):
            transition(instalment, "end", actor=actor, at=at)
        transition(current, "end", actor=actor, at=at)
    return current


def expire(*, pledge: Pledge, at: datetime) -> None:
    """Ends a pledge whose person never finished it. Does nothing where they did in the meantime."""
    with transaction.atomic():
        current = locking.lock_with_campaign(pledge, shared=True)
        pledge_payments.sync(current, at)
        if current.state not in conditions.UNFINISHED:
            return
        transition(current, "cancel", actor=None, at=at, reason="not finished")
        pledge_payments.release(current, reason="not finished in time", at=at)


def finish(*, actor: Person, pledge: Pledge, at: datetime) -> Charge | MethodSetup:
    """The payment, or saving of a card, that an unfinished pledge goes on with: the one that is open, or a new one.

    Raises Forbidden, Conflict where nothing is left to finish.
    """
    require(actor, "finish", pledge)
    with transaction.atomic():
        current = locking.lock_with_campaign(pledge, shared=True)
        if not conditions.can_finish(current, at):
            raise Conflict(_("There is nothing left to finish."))
        existing = charge_for(current.purpose)
        return existing or pledge_payments.begin(current, at)
