"""From a promise to money: how a pledge is paid, what payments say of it, and how it is given back."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core.errors import Conflict, Invalid
from civic.core.money import Money
from civic.core.states import transition
from marketplace.campaigns.conditions import UNFINISHED
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.payments import operations as payments
from marketplace.payments import providers
from marketplace.payments.models import Charge, Method, MethodSetup, Refund
from marketplace.payments.queries import charges
from marketplace.payments.states import OVER

OVER_WITHOUT_MONEY = [CampaignState.MISSED, CampaignState.CANCELLED]


def check_provider(wanted: Pledge, campaign: Campaign) -> None:
    """Raises Invalid where the pledge can't be paid this way."""
    known = {one.name: one for one in providers.taking(campaign.book, campaign.currency)}
    provider = known.get(wanted.provider)
    if provider is None:
        raise Invalid(provider=_("Choose one of the ways to pay."))
    check_payable(wanted.provider, wanted.amount)
    if wanted.months > 1 and not provider.abilities.saves_methods:
        raise Invalid(
            provider=_("Monthly payments can't be made by %(provider)s: choose another way.")
            % {"provider": str(provider.label).lower()}
        )


def check_payable(provider: str, amount: Money) -> None:
    """Raises Invalid where so much can't be paid in one payment this way."""
    if why := providers.abilities_of(provider).why_not(amount):
        raise Invalid(amount=why)


def pays_at_once(pledge: Pledge) -> bool:
    """Whether the person pays when pledging, rather than saving a way to pay that is charged later."""
    keeps = pledge.campaign.rule == Campaign.Rule.KEEP
    if keeps and pledge.frequency == Pledge.Frequency.ONCE:
        return True
    return not providers.abilities_of(pledge.provider).saves_methods


def begin(pledge: Pledge, at: datetime) -> Charge | MethodSetup:
    """Starts the payment, or the saving of a way to pay, that the pledge waits for. Raises Conflict, Unavailable."""
    person, back = pledge.person, reverse("campaigns:pledge-thanks", args=[pledge.pk])
    if person is None:
        raise Conflict(_("Nobody is left to pay this."))
    if pays_at_once(pledge):
        return start_charge(pledge, at, payer=person, back=back)
    return payments.start_setup(
        actor=person, provider=pledge.provider, purpose=pledge.purpose, at=at, return_path=back
    )


def payment_of(pledge: Pledge) -> Charge | MethodSetup | None:
    """What the person of an unfinished pledge goes on with; None where there is nothing to do."""
    if pledge.state not in UNFINISHED:
        return None
    return charges.charge_for(pledge.purpose) or charges.setup_for(pledge.purpose)


def charge(pledge: Pledge, at: datetime) -> None:
    """Asks for the money of an active pledge by its saved method. Its row is locked by the caller."""
    transition(pledge, "collect", actor=None, at=at)
    start_charge(pledge, at, method=pledge.method)


def start_charge(
    pledge: Pledge,
    at: datetime,
    *,
    month: Instalment | None = None,
    payer: Person | None = None,
    method: Method | None = None,
    back: str = "",
) -> Charge:
    """Asks for the money of a pledge or of one of its months: of the person who pays now, or by a saved method."""
    return payments.start_charge(
        actor=payer,
        payer=payer or pledge.person,
        provider=pledge.provider,
        amount=pledge.amount,
        purpose=(month or pledge).purpose,
        account=pledge.campaign.account("held"),
        at=at,
        method=method,
        return_path=back or pledge.get_absolute_url(),
    )


def sync(pledge: Pledge, at: datetime) -> None:
    """Brings a pledge to where payments say it stands; idempotent. Campaign and pledge are locked by the caller.

    News of payments comes a moment later than the payment itself: whoever decides about a pledge asks first.
    """
    paid = charges.paid_charge(pledge.purpose)
    if paid:
        _arrived(pledge, paid, at)
    elif pledge.state in UNFINISHED and (saved := charges.saved_setup(pledge.purpose)):
        _saved(pledge, saved, at)


def _saved(pledge: Pledge, setup: MethodSetup, at: datetime) -> None:
    if pledge.campaign.state != CampaignState.OPEN:
        return
    Pledge.objects.filter(pk=pledge.pk).update(method=setup.method)
    pledge.method = setup.method
    transition(pledge, "activate", actor=None, at=at)
    if pledge.campaign.rule == Campaign.Rule.KEEP:
        charge(pledge, at)


def _arrived(pledge: Pledge, paid: Charge, at: datetime) -> None:
    """Money is here: it counts, or, where nobody waits for it any more, goes back."""
    over = pledge.campaign.state in OVER_WITHOUT_MONEY
    # Once: of one that was dropped since its money is given back or lost, whatever becomes of the charge afterwards.
    first = pledge.collected_at is None and pledge.can("succeed")
    if first and not over and charges.is_here(paid):
        collect(pledge, at)
    elif over or pledge.state in (PledgeState.CANCELLED, PledgeState.CAMPAIGN_FAILED):
        give_back(pledge, paid, reason="its campaign or pledge is over", at=at)


def collect(pledge: Pledge, at: datetime) -> None:
    """Its money has arrived. Locked by the caller."""
    Pledge.objects.filter(pk=pledge.pk).update(collected_at=at)
    pledge.collected_at = at
    transition(pledge, "succeed", actor=None, at=at)


def release(pledge: Pledge, *, reason: str, at: datetime) -> None:
    """Ends the payment of a pledge that is over: asks for nothing more and gives back what was paid."""
    found = charges.charge_for(pledge.purpose)
    if found is None:
        return
    if found.state not in OVER:
        payments.cancel_charge(actor=None, charge=found, at=at)
    else:
        give_back(pledge, found, reason=reason, at=at)


def give_back(thing: Pledge | Instalment, paid: Charge, *, reason: str, at: datetime) -> Refund | None:
    """Refunds once what is left of a charge; what a dispute holds waits for its end."""
    paid.refresh_from_db()
    rest = payments.returnable(paid)
    if not rest:
        return None
    key = f"{thing.purpose}:back"
    return payments.request_refund(actor=None, charge=paid, amount=rest, key=key, reason=reason, at=at)


def ask_payer(pledge: Pledge, at: datetime) -> None:
    """The charge did not go through by itself: its person has to do something. Locked by the caller."""
    if pledge.state == PledgeState.COLLECTING:
        transition(pledge, "ask_payer", actor=None, at=at)
