"""What the exchange needs of a payment provider, and which ones there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from civic.core.errors import Text
from civic.core.money import Money
from civic.core.registry import Hook, Registry
from marketplace.payments.models import Charge, Method, MethodSetup, Refund, Transfer


class Unreachable(Exception):
    """No answer, or none that says what happened: the same call is made again later."""


class Unavailable(Exception):
    """The provider is switched off here; the text says why."""


class Rejected(Exception):
    """The provider will never do this, however often it is asked; the text says why."""


@dataclass(frozen=True)
class Prepared:
    """A charge or setup that exists at the provider and has moved no money yet.

    `payer_url` is where the payer goes on; empty where we confirm without them.
    """

    provider_ref: str
    payer_url: str = ""


@dataclass(frozen=True)
class Outcome:
    """Where something stands at the provider: the verb that takes our row there.

    Charges: `succeed`, `process`, `ask_payer`, `fail`, `dispute`, `win`, `lose`; `amount` is how much a dispute is
    about, or how much of it is lost, where that is not all. A `dispute` says why, until when the city can send
    evidence, and whether it has. Refunds: `wait`, `finish`, `fail`. Transfers: `settle`, `fail`, `reverse`. Empty:
    nothing has happened yet.
    """

    verb: str = ""
    provider_ref: str = ""
    payer_url: str = ""
    failure: str = ""
    fee: Money | None = None
    amount: Money | None = None
    reason: str = ""
    evidence_due_at: datetime | None = None
    answered: bool = False


@dataclass(frozen=True)
class Saved:
    """What became of saving a method: its name there and its label, or why it failed; both empty while it is open."""

    provider_ref: str = ""
    customer_ref: str = ""
    label: str = ""
    failure: str = ""


@dataclass(frozen=True)
class PaidOut:
    """Money that a provider has sent to the city's bank account; `failed` where it came back there."""

    provider_ref: str
    amount: Money
    arrives_on: date
    failed: bool = False


class Limits(NamedTuple):
    """What one payment must be at least and can be at most, in minor units; None where nobody says."""

    least: int = 0
    most: int | None = None


def unlimited(currency: str) -> Limits:
    """Of a provider that names no limits."""
    return Limits()


@dataclass(frozen=True)
class Abilities:
    """What a provider can do, for slices that need not know which one it is.

    `saves_methods`: it can save a method now and charge it later, also each month; where it can't, the payer pays at
    once. `by_transfer`: the payer sends the money with a reference, and nobody can say when it arrives. `patience`: how
    long a payment that was begun is waited for. `hint`: when the money moves, in words for the payer, where that is
    always the same. `sends`: the currencies that it pays out and gives back; None where it sends any. `limits`: what
    one payment in a currency can be.
    """

    saves_methods: bool = True
    by_transfer: bool = False
    patience: timedelta = timedelta(days=3)
    hint: str | Promise = ""
    sends: frozenset[str] | None = None
    limits: Callable[[str], Limits] = unlimited

    def why_not(self, amount: Money) -> Text:
        """Why so much can't be paid this way in one payment; empty where it can."""
        limits = self.limits(amount.currency)
        if amount.minor < limits.least:
            least = Money(limits.least, amount.currency)
            return _("This way to pay takes %(least)s at least. Choose another one, or give more.") % {
                "least": least
            }
        if limits.most is not None and amount.minor > limits.most:
            most = Money(limits.most, amount.currency)
            return _("This way to pay takes %(most)s at most. Choose another one, or give less.") % {
                "most": most
            }
        return ""


class ProviderMessage(NamedTuple):
    """What is kept of a provider's message. `body["ours"]` names the rows of ours it is about: `{"charge": "<id>"}`."""

    event_id: str
    kind: str
    body: dict[str, Any]


class Provider(Protocol):
    """One way to pay. Each method is one remote call that may be repeated with the same key.

    All raise Unreachable where there is no answer, and Unavailable where the provider is switched off;
    `prepare` and `set_up` raise Rejected.
    """

    @property
    def name(self) -> str:
        """How our rows name it."""

    @property
    def label(self) -> str | Promise:
        """How people know it."""

    @property
    def abilities(self) -> Abilities:
        """What it can do."""

    def book(self) -> str:
        """Which book its money belongs in. Raises Unavailable, with the reason, where it is switched off."""

    def prepare(self, charge: Charge, key: str) -> Prepared:
        """Creates the charge there, unconfirmed. The same key gives the same one."""

    def find(self, charge: Charge) -> Prepared | None:
        """The charge by its metadata, for when the provider may have forgotten the key."""

    def confirm(self, charge: Charge, key: str) -> Outcome:
        """Asks for the money; harmless when it was asked before."""

    def cancel(self, charge: Charge, key: str) -> list[Outcome]:
        """Gives up a charge that is not paid; says where it stands, for it may have been paid meanwhile."""

    def look_up(self, charge: Charge) -> list[Outcome]:
        """The way the charge has gone there until now: paid, disputed, lost. Steps behind us change nothing."""

    def set_up(self, setup: MethodSetup, key: str) -> Prepared:
        """Begins to save a method without a charge; the payer goes on at the URL."""

    def look_up_setup(self, setup: MethodSetup) -> Saved:
        """What became of it."""

    def refund(self, refund: Refund, key: str) -> Outcome:
        """Gives money back; the same key gives it once."""

    def look_up_refund(self, refund: Refund) -> Outcome | None:
        """Where the refund stands, found by its metadata; None where the provider has none."""

    def transfer(self, transfer: Transfer, key: str) -> Outcome:
        """Sends money to a project's organisation; the same key sends it once."""

    def look_up_transfer(self, transfer: Transfer) -> Outcome | None:
        """Where the transfer stands, found by its metadata; None where the provider has none."""

    def forget(self, method: Method, key: str) -> None:
        """Lets go of a saved method there, so that nothing can be charged to it any more; harmless when it is gone."""

    def balance(self, currency: str) -> Money | None:
        """What the provider says it holds for us, for reconciliation; None where it can't say."""


# Made anew for each use, since settings say which are on. Each registers in its own module of this package.
registry: Registry[Hook[[], Provider]] = Registry("payment provider")

# What verifies a message of a provider by its headers and body, and says what to keep of it; raises ValueError or
# Unavailable. A provider that has none sends no messages.
message_readers: Registry[Hook[[Mapping[str, str], bytes], ProviderMessage]] = Registry(
    "reader of a provider's messages"
)


def get(name: str) -> Provider:
    """The provider of this name; NotRegistered where there is none."""
    return registry[name]()


def abilities_of(name: str) -> Abilities:
    """What the provider of this name can do, on or off; the usual where a form or an old row names none."""
    known = registry.get(name)
    return known().abilities if known else Abilities()


def taking(book: str, currency: str) -> list[Provider]:
    """The providers that are on and take this currency into this book: those that could give it back, too."""
    found = [one for one in available() if one.book() == book]
    return [one for one in found if one.abilities.sends is None or currency in one.abilities.sends]


def transfer_in(book: str, currency: str) -> Provider | None:
    """The provider that takes bank transfers of this currency into this book; None where none is on."""
    return next((one for one in taking(book, currency) if one.abilities.by_transfer), None)


def names() -> list[str]:
    """The names of all providers, on or off."""
    return [entry.slug for entry in registry]


def available() -> list[Provider]:
    """The providers that are switched on here."""
    return [provider for provider, why in every() if not why]


def every() -> list[tuple[Provider, str]]:
    """All providers, each with the reason why it is off here, or an empty text."""
    found = []
    for make in registry:
        provider, why = make(), ""
        try:
            provider.book()
        except Unavailable as reason:
            why = str(reason)
        found.append((provider, why))
    return found
