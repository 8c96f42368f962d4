"""What charges and saved methods pay for: the slices above register an owner, which hears every event of its charges.

An owner is named by the first word of a purpose: `pledge:<id>` belongs to the owner `pledge`. One that leaves out an
event fails at import; an event that changes nothing for it is a method whose docstring says why. Events come at least
once, and maybe late: each method looks at where the charge stands now and may be called again.
"""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from civic.core import events
from civic.core.models import Event
from civic.core.money import Money
from civic.core.registry import Hook, Registry
from marketplace.payments.models import Charge, Claim, MethodSetup, Refund
from marketplace.payments.operations.claims import reopen_claim, settle_claim
from marketplace.payments.purposes import key_in, recallers
from marketplace.payments.states import ChargeState


class Owner(ABC):
    """Refuses a subclass that leaves an event out when its module is imported, not when the event comes."""

    slug: ClassVar[str]

    def __init_subclass__(cls, *, partial: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        methods = {name: getattr(cls, name, None) for name in dir(cls)}
        missing = sorted(name for name, one in methods.items() if getattr(one, "__isabstractmethod__", False))
        if missing and not partial:
            raise TypeError(f"{cls.__name__} does not say what happens at: {', '.join(missing)}.")


class ChargeOwner(Owner, partial=True):
    """What one kind of charge pays. `key` is the id in the purpose; `at` the moment of the event."""

    @abstractmethod
    def started(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The payer has been asked."""

    @abstractmethod
    def succeeded(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The money has arrived."""

    @abstractmethod
    def failed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """It will not arrive by this charge."""

    @abstractmethod
    def needs_payer(self, key: UUID, charge: Charge, at: datetime) -> None:
        """It goes on only if the payer does something."""

    @abstractmethod
    def disputed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The payer's bank has taken the money back for now."""

    @abstractmethod
    def won(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The dispute is decided for us: the money is back."""

    @abstractmethod
    def lost(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The dispute is decided for the payer: the money is gone."""

    @abstractmethod
    def refunded(self, key: UUID, charge: Charge, refund: Refund, at: datetime) -> None:
        """Some of the money, or all of it, is on its way back to the payer."""


class MethodOwner(Owner, partial=True):
    """What saves a method of payment to charge it later."""

    @abstractmethod
    def setup_started(self, key: UUID, setup: MethodSetup, at: datetime) -> None:
        """The payer has been asked for a method."""

    @abstractmethod
    def method_saved(self, key: UUID, setup: MethodSetup, at: datetime) -> None:
        """A method is saved and can be charged."""


charge_owners: Registry[ChargeOwner] = Registry("owner of charges")
method_owners: Registry[MethodOwner] = Registry("owner of saved methods")


class ClaimCharges(ChargeOwner):
    """Pays back what came back twice, by bank transfer (purpose `claim:<id>`)."""

    slug: ClassVar[str] = "claim"

    def started(self, key: UUID, charge: Charge, at: datetime) -> None:
        """Nothing: a claim is owed whether or not somebody pays it."""

    def succeeded(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The claim is paid."""
        settle_claim(Claim.objects.select_related("dispute__charge").get(pk=key), charge, at=at)

    def failed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """Nothing: it was written off."""

    def needs_payer(self, key: UUID, charge: Charge, at: datetime) -> None:
        """Nothing: a transfer waits for its payer from the beginning."""

    def disputed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """Nothing, until it is decided."""

    def won(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The claim is paid, where that waited for the decision."""
        self.succeeded(key, charge, at)

    def lost(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The bank took the transfer back: the claim is owed again."""
        reopen_claim(Claim.objects.select_related("dispute__charge").get(pk=key), charge, at=at)

    def refunded(self, key: UUID, charge: Charge, refund: Refund, at: datetime) -> None:
        """Nothing: what has settled a claim is on no account that a refund could take it from."""


def recall_claim_payment(key: UUID, amount: Money, at: datetime) -> None:
    """Settles a claim that has been paid before any of it is given back: between the two the desk could take it."""
    claim = Claim.objects.select_related("dispute__charge").get(pk=key)
    for charge in claim.payments.filter(state=ChargeState.SUCCEEDED):
        settle_claim(claim, charge, at=at)


charge_owners.register(ClaimCharges())
recallers.register(Hook("claim", recall_claim_payment))

CHARGE_EVENTS = {
    "charge.started": "started",
    "charge.succeeded": "succeeded",
    "charge.failed": "failed",
    "charge.payer_asked": "needs_payer",
    "charge.disputed": "disputed",
    "charge.won": "won",
    "charge.lost": "lost",
}
SETUP_EVENTS = {"setup.started": "setup_started", "setup.saved": "method_saved"}


@events.handler(*CHARGE_EVENTS)
def on_charge(event: Event) -> None:
    """Takes an event of a charge to its owner; a charge that nobody owns (a test payment) has no consequences."""
    slug, key = key_in(str(event.payload.get("purpose", "")))
    owner = charge_owners.get(slug)
    if owner and key:
        charge = Charge.objects.get(pk=event.subject_id)
        getattr(owner, CHARGE_EVENTS[event.kind])(key, charge, event.at)


@events.handler(*SETUP_EVENTS)
def on_setup(event: Event) -> None:
    """Takes an event of saving a method to its owner."""
    slug, key = key_in(str(event.payload.get("purpose", "")))
    owner = method_owners.get(slug)
    if owner and key:
        setup = MethodSetup.objects.get(pk=event.subject_id)
        getattr(owner, SETUP_EVENTS[event.kind])(key, setup, event.at)


@events.handler("refund.requested", "refund.taken_back")
def on_refund(event: Event) -> None:
    """Takes a refund to the owner of its charge, also one that had come back and has gone after all."""
    slug, key = key_in(str(event.payload.get("purpose", "")))
    owner = charge_owners.get(slug)
    if owner and key:
        refund = Refund.objects.select_related("charge").get(pk=event.subject_id)
        owner.refunded(key, refund.charge, refund, event.at)
