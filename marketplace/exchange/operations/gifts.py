"""Gifts to a bounty: paid at once, counted by their payments, and given back where nobody is paid with them."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Organisation, Person
from civic.core import events
from civic.core.errors import Conflict, Invalid
from civic.core.money import Money
from civic.core.policies import require
from civic.core.states import transition
from marketplace.exchange import conditions, locking
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed
from marketplace.exchange.models.gifts import LEAST_GIFT, MOST_GIFT
from marketplace.exchange.queries.needs import is_nameless
from marketplace.exchange.states import AT_REST, LIVE_GIFT, GiftState
from marketplace.payments import operations as payments
from marketplace.payments import providers
from marketplace.payments.models import Charge
from marketplace.payments.queries import charges
from marketplace.payments.states import OVER

SAME_WISH = gettext_lazy("Your name is shown or hidden for all that you give to this bounty.")


def give(
    *,
    actor: Person,
    need: DataNeed,
    amount: Money,
    provider: str,
    token: UUID,
    at: datetime,
    anonymous: bool = False,
    organisation: Organisation | None = None,
) -> BountyGift:
    """Adds to a bounty, and asks for the money at once; the same `token` gives once.

    Raises Forbidden (in the name of an organisation that one does not act for), Conflict (the need takes nothing now,
    the token stands for another gift), Invalid (amount, provider, another wish about the name), Unavailable.
    """
    wanted = BountyGift(
        need=need,
        person=actor,
        organisation=organisation,
        amount_minor=amount.minor,
        currency=amount.currency,
        anonymous=anonymous,
        provider=provider,
        token=token,
        state_since=at,
    )
    try:
        with transaction.atomic():
            return _give(wanted, actor, at)
    except IntegrityError as error:
        if "one_bounty_gift_a_form" not in str(error):
            raise
        return _again(wanted)


def _give(wanted: BountyGift, actor: Person, at: datetime) -> BountyGift:
    need = wanted.need = locking.lock_need(wanted.need)
    require(actor, "give", need)
    if wanted.organisation is not None:
        require(actor, "give_to_bounty", wanted.organisation)
    if BountyGift.objects.filter(person=actor, token=wanted.token).exists():
        return _again(wanted)
    if why := conditions.why_no_gift(need, at):
        raise Conflict(why)
    _check(wanted, need)
    events.record("bounty_gift.started", actor=actor, subject=wanted, at=at)
    wanted.save(force_insert=True)
    payments.start_charge(
        actor=actor,
        payer=actor,
        provider=wanted.provider,
        amount=wanted.amount,
        purpose=wanted.purpose,
        account=need.account,
        at=at,
        return_path=need.get_absolute_url(),
    )
    return wanted


def _again(wanted: BountyGift) -> BountyGift:
    made = BountyGift.objects.select_related("need").get(person=wanted.person, token=wanted.token)
    same = ("need_id", "amount_minor", "currency", "provider", "anonymous", "organisation_id")
    if any(getattr(made, name) != getattr(wanted, name) for name in same):
        raise Conflict(_("This form has been sent before, with something else in it."), code="key-reused")
    return made


def _check(wanted: BountyGift, need: DataNeed) -> None:
    if wanted.currency != need.currency:
        raise Invalid(amount=_("This bounty counts in %(currency)s.") % {"currency": need.currency})
    if not LEAST_GIFT <= wanted.amount_minor <= MOST_GIFT:
        words = _("Give between %(least)s and %(most)s.")
        raise Invalid(amount=words % {"least": need.money(LEAST_GIFT), "most": need.money(MOST_GIFT)})
    if wanted.organisation is not None and wanted.anonymous:
        raise Invalid(anonymous=_("What an organisation gives carries its name."))
    nameless = is_nameless(wanted.person, need)
    if wanted.organisation is None and nameless is not None and nameless != wanted.anonymous:
        # The list of givers would change in the moment of the gift, and so say whose it is.
        raise Invalid(anonymous=SAME_WISH)
    if wanted.provider not in {one.name for one in providers.taking(need.book, need.currency)}:
        raise Invalid(provider=_("Choose one of the ways to pay."))
    if why := providers.abilities_of(wanted.provider).why_not(wanted.amount):
        raise Invalid(amount=why)


def sync_gift(gift: BountyGift, at: datetime) -> None:
    """Brings a gift to where its payment stands; idempotent. Need and gift are locked by the caller.

    Of one whose payment came too late to count the money goes back; what a dispute holds waits for its end.
    """
    found = charges.charge_for(gift.purpose)
    if found is None:
        if gift.can("fail"):
            transition(gift, "fail", actor=None, at=at)
        return
    if found.state not in OVER:
        return
    if gift.can("pay") and charges.is_here(found) and not conditions.gives_back(gift.need):
        transition(gift, "pay", actor=None, at=at)
    elif found.lost >= found.amount:
        if gift.can("lose"):
            transition(gift, "lose", actor=None, at=at)
    elif not found.left and gift.can("return"):
        transition(gift, "return", actor=None, at=at)
    elif conditions.gives_back(gift.need):
        _give_back(gift, found, at)


def settle_gifts(need: DataNeed, at: datetime) -> None:
    """Where nobody is paid with a bounty any more, gives all of it back; the need is refunded once nothing is left.

    The need is locked by the caller. Doing it again changes nothing. Payments under way are cancelled; what a bank
    still looks into waits for its decision, and the need with it.
    """
    for gift in locking.lock_gifts(need, LIVE_GIFT):
        sync_gift(gift, at)
    _drop_empty(need, at)
    if not conditions.gives_back(need):
        return
    for gift in locking.lock_gifts(need, LIVE_GIFT):
        found = charges.charge_for(gift.purpose)
        if found and found.state not in OVER:
            payments.cancel_charge(actor=None, charge=found, at=at)
    was_given = BountyGift.objects.filter(need=need, state__in=[GiftState.RETURNED, GiftState.LOST]).exists()
    if need.can("refund") and was_given and conditions.is_empty(need):
        transition(need, "refund", actor=None, at=at)


def cancel_payments(need: DataNeed, at: datetime) -> None:
    """Asks for no more money for a locked need: from its acceptance on the bounty is what has arrived."""
    for gift in locking.lock_gifts(need, [GiftState.STARTED]):
        found = charges.charge_for(gift.purpose)
        if found and found.state not in OVER:
            payments.cancel_charge(actor=None, charge=found, at=at)


def _drop_empty(need: DataNeed, at: datetime) -> None:
    """A payout of which nothing is left, by refunds or disputes, is none: nobody would ever ask for it."""
    if BountyGift.objects.filter(need=need, state__in=LIVE_GIFT).exists():
        return
    for payout in BountyPayout.objects.filter(need=need, state__in=AT_REST):
        transition(payout, "drop", actor=None, at=at)


def _give_back(gift: BountyGift, paid: Charge, at: datetime) -> None:
    paid.refresh_from_db()
    if rest := payments.returnable(paid):
        payments.request_refund(
            actor=None,
            charge=paid,
            amount=rest,
            key=f"{gift.purpose}:back",
            reason=_("The bounty is not paid to anybody."),
            at=at,
        )


def expire_gift(*, gift: BountyGift, at: datetime) -> None:
    """Asks no more for a gift that nobody has finished. Does nothing where it was paid in the meantime."""
    with transaction.atomic():
        current = locking.lock_with_need(gift)
        sync_gift(current, at)
        found = charges.charge_for(current.purpose)
        if current.state == GiftState.STARTED and found and found.state not in OVER:
            payments.cancel_charge(actor=None, charge=found, at=at)
