"""What invoices are for: the slices above register how what they bill is locked, paid, credited and named.

Everything here runs inside the caller's transaction. `marketplace.sponsorship` bills sponsorships.
"""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any, ClassVar

from civic.accounts.models import Person
from civic.core.registry import Registry
from marketplace.invoicing.models import Invoice
from marketplace.ledger.models import Account
from marketplace.payments.purposes import Purpose


class Billable(ABC):
    """One kind of thing that is invoiced. `thing` is what `lock` returned."""

    slug: ClassVar[str]

    @abstractmethod
    def lock(self, invoice: Invoice) -> Any:
        """The thing as it is now, locked, with all that is locked before it. Called before the invoice is read."""

    @abstractmethod
    def describe(self, invoice: Invoice) -> Purpose:
        """What it is for in words, and the address of its page, where the invoice is paid."""

    @abstractmethod
    def income(self, thing: Any) -> Account:
        """The account that the net of a payment goes to now."""

    @abstractmethod
    def is_reminded(self, thing: Any, invoice: Invoice) -> bool:
        """Whether its buyer is reminded of what is open: not where what was billed will not come about.

        The invoice has its amounts (`open_minor`, and of it at most `lost_minor` in disputes).
        """

    @abstractmethod
    def paid(self, thing: Any, invoice: Invoice, *, part: int, rest: int, at: datetime) -> None:
        """So many minor units were set against the invoice and `rest` is still open."""

    @abstractmethod
    def payment_lost(self, thing: Any, invoice: Invoice, *, rest: int, at: datetime) -> None:
        """A payment that had arrived is gone (a dispute, or after one): `rest` is open now."""

    @abstractmethod
    def check_rest_may_go(self, thing: Any) -> None:
        """Raises Conflict where what is open of a part-paid invoice cannot be given up yet."""

    @abstractmethod
    def credited(self, thing: Any, note: Invoice, *, whole: bool, actor: Person | None, at: datetime) -> None:
        """A credit note was issued over the whole, or over the rest that nobody pays."""


billables: Registry[Billable] = Registry("billable")


def of(invoice: Invoice) -> Billable:
    """How what this invoice bills is handled."""
    return billables[invoice.billable]
