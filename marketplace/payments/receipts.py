"""What somebody has paid and got back, as the ledger has it: for a receipt and for the statement of a year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localtime

from civic.accounts.models import Person
from civic.core.money import Money
from marketplace.ledger.models import Posting
from marketplace.payments.models import Charge, Refund
from marketplace.payments.states import PAID


@dataclass(frozen=True)
class Movement:
    """Money that arrived for a charge, or (negative) went back to its payer; `entry` is where the ledger has it."""

    at: datetime
    charge: Charge
    amount: Money
    entry: UUID
    by_bank: bool = False  # the payer's bank took it in a dispute, or left it then
    returned: bool = False  # a refund that did not arrive: the payer has paid nothing by it


@dataclass(frozen=True)
class Year:
    """The movements of a year in local time, oldest first, and their sum in each currency."""

    number: int
    movements: list[Movement]
    totals: list[Money]


# Of one payment; no card scheme lets a payer ask so often.
MOST_DISPUTES = 5


def movements_of(charges: Iterable[Charge]) -> list[Movement]:
    """Everything that moved for these charges (`refunds` prefetched), oldest first; one statement."""
    signs: dict[str, tuple[Charge, int]] = {}
    books: set[str] = set()
    for charge in charges:
        books.add(charge.book)
        # The keys of docs/money.md. What a bank takes back in a dispute is with the payer until the dispute is won.
        signs[f"charge:{charge.pk}"] = (charge, 1)
        for number in ("", *(f":{number}" for number in range(2, MOST_DISPUTES + 1))):
            signs[f"dispute:{charge.pk}{number}"] = (charge, -1)
            signs[f"dispute:{charge.pk}{number}:won"] = (charge, 1)
        for refund in charge.refunds.all():
            signs[f"refund.done:{refund.pk}"] = signs[f"refund.otherwise:{refund.pk}"] = (charge, -1)
            signs[f"refund.returned:{refund.pk}"] = (charge, 1)
    posted = Posting.objects.filter(entry__book__in=books, entry__key__in=list(signs), amount__gt=0)
    found = [
        Movement(
            one.entry.at,
            charge,
            Money(sign * one.amount, one.currency),
            one.entry.pk,
            by_bank=one.entry.key.startswith("dispute:"),
            returned=one.entry.key.startswith("refund.returned:"),
        )
        for one in posted.select_related("entry")
        for charge, sign in [signs[one.entry.key]]
        if one.entry.book == charge.book
    ]
    return sorted(found, key=lambda movement: (movement.at, movement.entry))


def receipt(person: Person, pk: UUID) -> tuple[Charge, list[Movement]] | None:
    """The person's charge that was paid, with what moved for it; None where it is not theirs or not paid."""
    charge = _paid_by(person).filter(pk=pk).first()
    return (charge, movements_of([charge])) if charge else None


def years(person: Person) -> list[Year]:
    """The person's years with payments in the public book, newest first."""
    by_year: dict[int, list[Movement]] = defaultdict(list)
    for movement in movements_of(_paid_by(person).filter(book=settings.LEDGER_BOOK)):
        by_year[localtime(movement.at).year].append(movement)
    return [
        Year(number, by_year[number], _totals(by_year[number])) for number in sorted(by_year, reverse=True)
    ]


def _paid_by(person: Person) -> QuerySet[Charge]:
    refunds = Prefetch("refunds", Refund.objects.order_by("created_at"))
    return Charge.objects.filter(payer=person, state__in=PAID).prefetch_related(refunds)


def _totals(movements: list[Movement]) -> list[Money]:
    sums: dict[str, int] = defaultdict(int)
    for movement in movements:
        sums[movement.amount.currency] += movement.amount.minor
    return [Money(minor, currency) for currency, minor in sorted(sums.items())]
