"""What payers, their banks and the demo provider do; each charge once, and every cent on an account."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Q

from civic.accounts.models import Person
from civic.core.money import Money
from marketplace.payments import operations
from marketplace.payments.models import Charge, DemoPayment, Message, Refund, Transfer
from marketplace.payments.operations.refunds import refund_part, refund_rest, returnable
from marketplace.payments.providers import Outcome, demo
from marketplace.payments.states import PAID, REFUNDABLE, ChargeState, RefundState, TransferState
from tests.simulation.clock import due
from tests.simulation.draws import a, one_of
from tests.simulation.engine import City, holds, verb
from tests.simulation.world import finance

Status = DemoPayment.Status
OPEN = Q(status__in=[Status.OPEN, Status.SECOND_STEP])
BEHAVIOURS = one_of("works", "works", "works", "declines", "asks", "slow")


@due
def slow_payments() -> Iterator[datetime]:
    yield from DemoPayment.objects.exclude(ready_at=None).values_list("ready_at", flat=True)


@verb(
    10,
    payment=a(DemoPayment, only=OPEN),
    status=one_of(*[Status.PAID] * 9, Status.DECLINED, Status.SLOW, Status.SECOND_STEP, Status.CANCELLED),
    behaviour=BEHAVIOURS,
)
def decide(city: City, payment: DemoPayment, status: str, behaviour: str) -> None:
    """The payer's choice on the provider's page; a saved card will behave so when it is charged."""
    demo.decide(payment, status, behaviour=behaviour, at=city.at)


PARTS = one_of(1, 1, 2, 3)


@verb(2, charge=a(Charge, likely=Q(state__in=REFUNDABLE)), part=PARTS)
def dispute(city: City, charge: Charge, part: int) -> None:
    """The payer's bank takes the money back, or a half or a third of it."""
    if DemoPayment.objects.filter(target=charge.pk).exists():
        demo.dispute(charge, amount=_part(charge, part), at=city.at)


@verb(
    3, charge=a(Charge, likely=Q(state=ChargeState.DISPUTED)), end=one_of(Status.WON, Status.LOST), part=PARTS
)
def decide_dispute(city: City, charge: Charge, end: str, part: int) -> None:
    """The payer's bank decides whose it is; it may be a part of what it took."""
    if DemoPayment.objects.filter(target=charge.pk).exists():
        demo.dispute(charge, end, amount=_part(charge, part), at=city.at)


def _part(charge: Charge, part: int) -> Money | None:
    return None if part == 1 else Money(max(1, charge.amount_minor // part), charge.currency)


def still_there(charges: Iterable[Charge], *, in_dispute: bool = False) -> int:
    """What of these charges is there, in minor units, from refunds and disputes themselves: no view of ours.

    With what the payers' banks hold, where that is asked for.
    """
    total = 0
    for charge in charges:
        if charge.state in PAID:
            back = charge.refunds.exclude(state=RefundState.COVERED)
            gone = sum(one.amount_minor for one in back)
            taken = charge.disputes.values_list("amount_minor", "lost_minor")
            held = 0 if in_dispute else 1
            gone += sum(held * minor if lost is None else lost for minor, lost in taken)
            total += max(0, charge.amount_minor - gone)
    return total


@verb(1, message=a(Message))
def repeat_message(city: City, message: Message) -> None:
    """The provider tells something again, under another number."""
    operations.receive_webhook(
        provider=message.provider,
        event_id=f"again-{city.number}",
        kind=message.kind,
        body=message.body or {},
        at=city.at,
    )


@verb(
    1.5,
    officer=finance(),
    charge=a(Charge, likely=Q(state__in=REFUNDABLE)),
    percent=one_of(1, 30, 50, 99),
)
def refund_a_part(city: City, officer: Person, charge: Charge, percent: int) -> None:
    """An officer gives a part of a payment back."""
    amount = Money(returnable(charge).minor * percent // 100, charge.currency)
    refund_part(
        actor=officer, charge=charge, amount=amount, token=uuid4(), reason="Asked for it.", at=city.at
    )


@verb(1, officer=finance(), charge=a(Charge, likely=Q(state__in=REFUNDABLE)))
def refund(city: City, officer: Person, charge: Charge) -> None:
    """An officer gives a payment back."""
    refund_rest(actor=officer, charge=charge, reason="Asked for it.", at=city.at)


@verb(0.7, transfer=a(Transfer, likely=Q(state=TransferState.SETTLED), only=Q(provider=demo.NAME)))
def transfer_bounces(city: City, transfer: Transfer) -> None:
    """The account was closed: what had gone comes back to the provider."""
    operations.advance_transfer(transfer, Outcome("reverse", failure="account closed"), at=city.at)
    if transfer.state == TransferState.REVERSED:
        DemoPayment.objects.filter(target=transfer.pk).update(status=Status.CANCELLED)


@holds()
def entries_balance(city: City) -> Iterator[str]:
    """Each entry's postings sum to nothing, per currency; no floored account is below it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT posting.entry_id, sum(posting.amount) FROM ledger_posting posting"
            " JOIN ledger_account account ON account.id = posting.account_id"
            " GROUP BY posting.entry_id, account.currency HAVING sum(posting.amount) <> 0"
        )
        yield from (f"entry {entry} is off by {amount}" for entry, amount in cursor.fetchall())
        cursor.execute(
            "SELECT account.code, sum(posting.amount) FROM ledger_posting posting"
            " JOIN ledger_account account ON account.id = posting.account_id WHERE account.floor_zero"
            " GROUP BY account.id HAVING"
            " sum(posting.amount) * CASE WHEN account.kind IN ('A', 'E') THEN 1 ELSE -1 END < 0"
        )
        yield from (f"{code} stands at {amount}" for code, amount in cursor.fetchall())


def balances() -> dict[str, int]:
    """Natural balances by account code, summed from the postings."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account.code, sum(posting.amount)"
            " * CASE WHEN account.kind IN ('A', 'E') THEN 1 ELSE -1 END"
            " FROM ledger_posting posting JOIN ledger_account account ON account.id = posting.account_id"
            " GROUP BY account.id"
        )
        return {code: int(amount) for code, amount in cursor.fetchall() if amount}


@holds()
def nothing_is_paid_twice(city: City) -> Iterator[str]:
    """One purpose has one payment that stands; whatever came beside it is on its way back."""
    paid: dict[str, list[Charge]] = {}
    for charge in Charge.objects.filter(state__in=[ChargeState.SUCCEEDED, ChargeState.WON]):
        paid.setdefault(charge.purpose, []).append(charge)
    for purpose, charges in paid.items():
        if purpose.partition(":")[0] in ("pledge", "instalment") and len(charges) > 1:
            kept = [charge for charge in charges if not charge.refunds.exists()]
            if len(kept) > 1:
                yield f"{purpose}: {len(kept)} payments"


@holds("quiet")
def provider_and_ledger_agree(city: City) -> Iterator[str]:
    """What the provider has is what the ledger says that it has."""
    there = demo.Demo().balance("EUR").minor
    ours = balances().get("provider/demo", 0)
    if there != ours:
        yield f"provider {there}, ledger {ours}"


@holds("end")
def nothing_is_under_way(city: City) -> Iterator[str]:
    """No charge, refund or message hangs."""
    # Invoices and claims wait for as long as the payer owes them.
    owed = Q(purpose__startswith="invoice:") | Q(purpose__startswith="claim:")
    for charge in Charge.objects.exclude(state__in=[*FINISHED, ChargeState.DISPUTED]).exclude(owed):
        yield f"charge {charge.purpose.partition(':')[0]} {charge.state} since {charge.state_since:%d %b}"
    waiting = Refund.objects.filter(state__in=[RefundState.REQUESTED, RefundState.SENT, RefundState.PENDING])
    # An officer sends a transfer; and while a dispute runs it is open who gets the money.
    for refund_ in waiting.exclude(provider="bank").exclude(charge__state=ChargeState.DISPUTED):
        yield f"refund {refund_.state}"
    for job in Message.objects.dead():
        yield f"message given up: {job.last_error[:200]}"


FINISHED = [ChargeState.SUCCEEDED, ChargeState.FAILED, ChargeState.WON, ChargeState.LOST]


def key_of(purpose: str) -> UUID:
    """The id in `pledge:<id>`."""
    return UUID(purpose.rpartition(":")[2])
