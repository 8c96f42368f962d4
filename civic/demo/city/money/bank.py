"""The city's bank account: what arrives on it, and the statements that the finance office reads in."""

import csv
import io
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.utils import timezone

from civic.core.money import Money
from civic.demo import source
from civic.demo.city.money.diary import Diary
from marketplace.payments import operations as payments
from marketplace.payments.models import Charge, Refund, StatementLine
from marketplace.payments.providers.bank import NAME

HEAD = ["account", "booked_on", "amount", "currency", "reference", "text", "name", "iban", "bank_reference"]
HOW_WE_KNOW = "Rang her up: she left the reference out."
# Nobody's account: it is where strays would be sent back to.
THEIRS = "DE10000000000000030344"
EVENING = 21


@dataclass(frozen=True)
class Movement:
    """One line of a statement that is still to come."""

    reference: str
    amount: Money
    name: str
    at: datetime
    text: str = ""


@dataclass
class Bank:
    """What is on the account and on no statement yet, and the transfers whose payment only a person recognises."""

    diary: Diary
    movements: list[Movement] = field(default_factory=list)
    unclear: dict[str, Charge] = field(default_factory=dict)
    lines: int = 0

    def note(self, statement: dict[str, Any]) -> None:
        """A statement comes in on this evening."""
        self.diary.note(statement["day"], EVENING, partial(self._read, statement))

    def expect(
        self,
        reference: str,
        amount: Money,
        name: str,
        at: datetime,
        *,
        charge: Charge | None = None,
        text: str = "",
    ) -> None:
        """A movement, positive in, negative out; `charge` is what it pays where its reference does not say so."""
        if charge:
            text = f"pledge {name}"
            self.unclear[text] = charge
        self.movements.append(Movement(reference, amount, name, at, text))

    def _read(self, statement: dict[str, Any], at: datetime) -> None:
        for stray in statement.get("strays", []):
            amount = Money(source.minor(stray["amount"]), source.currency())
            self.expect("", amount, stray["name"], at, text=stray["text"])
        for refund in Refund.objects.filter(provider=NAME, state="pending").order_by("created_at"):
            self.expect(refund.provider_ref, -refund.amount, "", at)
        officer = self.diary.officer
        payments.import_statement(actor=officer, content=self._statement(), at=at)
        self.movements.clear()
        for text, charge in self.unclear.items():
            line = StatementLine.objects.get(text=text)
            payments.propose_line_match(
                actor=officer,
                line=line,
                proposal=StatementLine.Proposal.CHARGE,
                target=charge,
                reason=HOW_WE_KNOW,
                at=at,
            )
        self.unclear.clear()

    def _statement(self) -> bytes:
        out = io.StringIO()
        table = csv.writer(out)
        table.writerow(HEAD)
        for one in self.movements:
            self.lines += 1
            money, iban = one.amount, THEIRS if one.amount.minor > 0 else ""
            booked_on = timezone.localdate(one.at).isoformat()
            about = (one.reference, one.text, one.name, iban, f"ALDB-{self.lines:05}")
            table.writerow([settings.BANK_ACCOUNT, booked_on, money.major, money.currency, *about])
        return out.getvalue().encode()
