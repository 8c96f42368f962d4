"""What the exchange needs of a payment provider, and which ones there are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from civic.core.money import Money
from marketplace.payments.models import Charge, Refund, Transfer


class Unreachable(Exception):
    """No answer, or none that says what happened: the same call is made again later."""


class Unavailable(Exception):
    """The provider is switched off here; the text says why."""


@dataclass(frozen=True)
class Prepared:
    """A charge that exists at the provider and has moved no money yet.

    `payer_url` is where the payer goes on; empty where we confirm without them.
    """

    provider_ref: str
    payer_url: str = ""


@dataclass(frozen=True)
class Outcome:
    """Where something stands at the provider: the verb that takes our row there.

    Charges: `succeed`, `process`, `ask_payer`, `fail`. Refunds: `wait`, `finish`, `fail`. Transfers:
    `settle`, `fail`. Empty: nothing has happened yet.
    """

    verb: str = ""
    provider_ref: str = ""
    payer_url: str = ""
    failure: str = ""
    fee: Money | None = None


class Provider(Protocol):
    """One way to pay. Each method is one remote call that may be repeated with the same key."""

    name: str
    label: str | Promise

    def book(self) -> str:
        """Which book its money belongs in. Raises Unavailable where it is switched off."""

    def prepare(self, charge: Charge, key: str) -> Prepared:
        """Creates the charge there, unconfirmed. The same key gives the same one."""

    def find(self, charge: Charge) -> Prepared | None:
        """The charge by its metadata, for when the provider may have forgotten the key."""

    def confirm(self, charge: Charge, key: str) -> Outcome:
        """Asks for the money; harmless when it was asked before."""

    def look_up(self, charge: Charge) -> Outcome:
        """Where the charge stands now."""

    def refund(self, refund: Refund, key: str) -> Outcome:
        """Gives money back; the same key gives it once."""

    def transfer(self, transfer: Transfer, key: str) -> Outcome:
        """Sends money to a project's organisation; the same key sends it once."""

    def balance(self, currency: str) -> Money:
        """What the provider says it holds for us, for reconciliation."""


_providers: dict[str, Callable[[], Provider]] = {}


def register(name: str, make: Callable[[], Provider]) -> None:
    """Adds a provider under its name."""
    _providers[name] = make


def get(name: str) -> Provider:
    """The provider of this name; KeyError where there is none."""
    return _providers[name]()


def available() -> list[Provider]:
    """The providers that are switched on here."""
    found = []
    for make in _providers.values():
        provider = make()
        try:
            provider.book()
        except Unavailable:
            continue
        found.append(provider)
    return found
