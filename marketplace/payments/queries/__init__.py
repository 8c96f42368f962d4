"""Reads of payments."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils.translation import ngettext

from civic.accounts.models import Person
from marketplace.payments import deposits, providers
from marketplace.payments.models import (
    BankOrder,
    Charge,
    Command,
    DemoPayment,
    Message,
    Method,
    MethodSetup,
    Refund,
    Statement,
    StatementLine,
    Transfer,
)
from marketplace.payments.queries import charges
from marketplace.payments.references import references_in
from marketplace.payments.states import LineState


def own_payment(person: Person, pk: UUID) -> Charge | MethodSetup | None:
    """The person's charge or setup of this id; None where it is not theirs."""
    charge = Charge.objects.filter(pk=pk, payer=person).first()
    return charge or MethodSetup.objects.filter(pk=pk, person=person).first()


def demo_payment(person: Person, pk: UUID) -> tuple[DemoPayment, Charge | MethodSetup] | None:
    """A payment at the demo provider and what it is for, where the person is the one who pays."""
    payment = DemoPayment.objects.filter(pk=pk).first()
    wanted = payment and own_payment(person, payment.target)
    return (payment, wanted) if payment and wanted else None


def bank_charge(reference: str) -> Charge | None:
    """The payment by bank transfer that a reference, typed with or without spaces, stands for."""
    found = references_in(reference)
    return Charge.objects.filter(provider="bank", provider_ref=found[0]).first() if found else None


def bank_outgoing(reference: str) -> Refund | Transfer | BankOrder | None:
    """The refund, transfer or payment file that a reference, typed with or without spaces, stands for.

    By another provider's number a refund, which was paid by hand from the bank account.
    """
    found = references_in(reference)
    if not found:
        return Refund.objects.filter(provider_ref=reference.strip()).exclude(provider_ref="").first()
    wanted = {"provider": "bank", "provider_ref": found[0]}
    return (
        Refund.objects.filter(**wanted).first()
        or Transfer.objects.filter(**wanted).first()
        or BankOrder.objects.filter(reference=found[0]).first()
    )


def statement_line(number: str) -> StatementLine | None:
    """The line of this number, as the list shows it."""
    found = charges.keys([number.strip()])
    return StatementLine.objects.select_related("statement").filter(pk__in=found).first()


def statement_lines(numbers: str) -> StatementLine | list[StatementLine] | None:
    """The line of this number, or those of several; None where one of them is not there."""
    wanted = re.split(r"[\s,;]+", numbers.strip())
    found = [line for number in wanted if (line := statement_line(number))]
    if len(found) < len(wanted):
        return None
    return found if len(found) > 1 else found[0]


def deposit_purpose(text: str) -> str | None:
    """The purpose that takes deposits and that staff name so."""
    return next(filter(None, (taker.find(text.strip()) for taker in deposits.takers)), None)


def read_before(digest: str) -> Statement | None:
    """The statement that the file of this fingerprint was read as."""
    return Statement.objects.select_related("imported_by").filter(digest=digest).first()


def describe(statement: Statement) -> str:
    """What became of a statement's lines, in a sentence."""
    lines = list(statement.lines.values_list("state", "duplicate_of"))
    clear = sum(state == "matched" for state, _double in lines)
    new = sum(state == "new" for state, _double in lines)
    doubted = sum(double is not None for _state, double in lines)
    counts = {"all": len(lines), "clear": clear, "unclear": len(lines) - clear - new}
    words = ngettext(
        "%(all)s new movement: %(clear)s understood, %(unclear)s to be looked at.",
        "%(all)s new movements: %(clear)s understood, %(unclear)s to be looked at.",
        len(lines),
    )
    told = [words % counts]
    if new:
        words = ngettext(
            "%(n)s is still being matched: look again in a minute.",
            "%(n)s are still being matched: look again in a minute.",
            new,
        )
        told.append(words % {"n": new})
    if doubted:
        words = ngettext(
            "%(n)s of them may be the same as a movement that was read before: two people decide.",
            "%(n)s of them may be the same as movements that were read before: two people decide.",
            doubted,
        )
        told.append(words % {"n": doubted})
    if statement.known:
        words = ngettext("%(n)s was read before.", "%(n)s were read before.", statement.known)
        told.append(words % {"n": statement.known})
    return " ".join(told)


def being_matched(statements: Iterable[Statement]) -> dict[UUID, int]:
    """How many lines of each wait for the worker that matches large files."""
    new = StatementLine.objects.filter(statement__in=[one.pk for one in statements], state=LineState.NEW)
    return dict(new.values_list("statement").annotate(Count("pk")))


def own_charges(person: Person) -> QuerySet[Charge]:
    """What somebody was asked to pay, with what was given back of it."""
    return Charge.objects.filter(payer=person).select_related("method").prefetch_related("refunds")


def own_methods(person: Person) -> QuerySet[Method]:
    """The ways to pay that somebody saved and has not removed, newest first."""
    return Method.objects.filter(person=person, removed_at=None).order_by("-id")


@dataclass(frozen=True)
class Readiness:
    """Whether a way to pay is on (`off` says why not), and what waits for it or came last."""

    label: str
    book: str
    off: str
    heard_at: datetime | None
    failing: int


def readiness() -> list[Readiness]:
    """How every way to pay stands, for the finance officers' desk."""
    heard = dict(Message.objects.values_list("provider").annotate(Max("created_at")))
    stuck = Command.objects.failed()
    failing = dict(stuck.values_list("provider").annotate(Count("pk")))
    return [
        Readiness(
            str(provider.label),
            "" if why else provider.book(),
            why,
            heard.get(provider.name),
            failing.get(provider.name, 0),
        )
        for provider, why in providers.every()
    ]


def me_columns(person: Person, at: datetime) -> dict[str, Any]:
    """What the panel of /me/ wants to know."""
    return {
        "payments_made": Exists(Charge.objects.filter(payer=OuterRef("pk"))),
        "payments_methods": Exists(Method.objects.filter(person=OuterRef("pk"), removed_at=None)),
    }
