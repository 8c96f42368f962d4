"""The demo provider: invented money in the book `demo`, and a hosted-looking page that anybody can play with.

It keeps books of its own (`DemoPayment`), as a provider far away would, and tells us of changes by messages.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic.core import clock
from civic.core.locking import lock_row
from civic.core.money import Money
from civic.core.registry import Hook
from marketplace.ledger.models import Book
from marketplace.payments.models import Charge, DemoPayment, Message, Method, MethodSetup, Refund, Transfer
from marketplace.payments.providers import Abilities, Limits, Outcome, Prepared, Saved, Unavailable, registry

NAME = "demo"
Text = str | Promise
Kind, Status = DemoPayment.Kind, DemoPayment.Status
SLOW = timedelta(seconds=20)
# How long the city can send evidence in a dispute, as card schemes have it.
EVIDENCE = timedelta(days=7)
BEHAVIOURS = {
    "works": Status.PAID,
    "declines": Status.DECLINED,
    "asks": Status.SECOND_STEP,
    "slow": Status.SLOW,
}
WAYS: dict[str, list[str]] = {
    Status.OPEN: [],
    Status.SECOND_STEP: ["ask_payer"],
    Status.SLOW: ["process"],
    Status.PAID: ["succeed"],
    Status.DECLINED: ["fail"],
    Status.CANCELLED: ["fail"],
    # Its disputes follow.
    **{status: ["succeed"] for status in (Status.DISPUTED, Status.WON, Status.LOST)},
}
WHY: dict[str, Text] = {
    Status.DECLINED: _("The card was declined."),
    Status.CANCELLED: _("Cancelled before it was paid."),
}


class Demo:
    """Implements `Provider`."""

    name = NAME
    label = _("Demo payment")
    # As a card provider has them, so that what it refuses can be seen.
    abilities = Abilities(limits=lambda currency: Limits(50, 99_999_999))

    def book(self) -> str:
        """Always the demo book; off where the site is no demo."""
        if not settings.DEMO:
            raise Unavailable("The demo provider is off because this is no demo site.")
        return Book.DEMO

    def prepare(self, charge: Charge, key: str) -> Prepared:
        """An open payment; with a saved method there is no page."""
        made = _payment(key, Kind.CHARGE, charge.pk, charge.amount)
        return Prepared(_ref(made), "" if charge.method_id else _page(made))

    def find(self, charge: Charge) -> Prepared | None:
        """By our own id, for keys are never forgotten here."""
        found = DemoPayment.objects.filter(target=charge.pk).first()
        return Prepared(_ref(found), "" if charge.method_id else _page(found)) if found else None

    def confirm(self, charge: Charge, key: str) -> Outcome:
        """As the saved method behaves, once: a payment that is decided stays so."""
        made = DemoPayment.objects.get(target=charge.pk)
        behaviour = charge.method.provider_ref.partition("-")[0] if charge.method else "works"
        if made.status == Status.OPEN:
            decide(made, BEHAVIOURS.get(behaviour, Status.PAID))
        return _way(made)[-1]

    def cancel(self, charge: Charge, key: str) -> list[Outcome]:
        """Unless it is paid or on its way."""
        made = DemoPayment.objects.filter(target=charge.pk)
        made.filter(status__in=[Status.OPEN, Status.SECOND_STEP]).update(status=Status.CANCELLED)
        return self.look_up(charge)

    def look_up(self, charge: Charge) -> list[Outcome]:
        return _way(DemoPayment.objects.get(target=charge.pk))

    def set_up(self, setup: MethodSetup, key: str) -> Prepared:
        """A page where the visitor says how the method shall behave later."""
        made = _payment(key, Kind.SETUP, setup.pk, None)
        return Prepared(_ref(made), _page(made))

    def look_up_setup(self, setup: MethodSetup) -> Saved:
        """The method is named by how it behaves."""
        made = DemoPayment.objects.get(target=setup.pk)
        if made.status == Status.PAID:
            return Saved(f"{made.behaviour}-{made.pk}", label=str(_("Demo card ending 4242")))
        return Saved(failure=str(WHY.get(made.status, "")))

    def refund(self, refund: Refund, key: str) -> Outcome:
        return Outcome("finish", provider_ref=_ref(_settled(key, Kind.REFUND, refund.pk, refund.amount)))

    def look_up_refund(self, refund: Refund) -> Outcome | None:
        found = DemoPayment.objects.filter(target=refund.pk).first()
        return Outcome("finish", provider_ref=_ref(found)) if found else None

    def transfer(self, transfer: Transfer, key: str) -> Outcome:
        return Outcome(
            "settle", provider_ref=_ref(_settled(key, Kind.TRANSFER, transfer.pk, transfer.amount))
        )

    def look_up_transfer(self, transfer: Transfer) -> Outcome | None:
        found = DemoPayment.objects.filter(target=transfer.pk).first()
        return Outcome("settle", provider_ref=_ref(found)) if found else None

    def forget(self, method: Method, key: str) -> None:
        """Our own row says that it was removed."""

    def balance(self, currency: str) -> Money:
        """What was paid, less what was given back, sent on or taken back."""
        of_it = DemoPayment.objects.filter(currency=currency)
        there = [Status.PAID, Status.DISPUTED, Status.WON, Status.LOST]
        arrived = Q(kind=Kind.CHARGE, status__in=there)
        left = Q(kind__in=[Kind.REFUND, Kind.TRANSFER], status=Status.PAID)
        sums = of_it.aggregate(
            arrived=Sum(F("amount_minor") - F("taken_minor"), filter=arrived, default=0),
            left=Sum("amount_minor", filter=left, default=0),
        )
        return Money(sums["arrived"] - sums["left"], currency)


def decide(payment: DemoPayment, status: str, *, behaviour: str = "", at: datetime | None = None) -> bool:
    """Settles what happens to a payment that is open, once, and tells; something slow is done in twenty seconds.

    `at` is when; now if nothing is said.
    """
    at = at or clock.now()
    ready_at = at + SLOW if status == Status.SLOW else None
    changes = {"status": status, "ready_at": ready_at, "behaviour": behaviour}
    open_ = DemoPayment.objects.filter(pk=payment.pk, status__in=[Status.OPEN, Status.SECOND_STEP])
    done = bool(open_.update(**changes))
    payment.refresh_from_db()
    if done:
        _tell(payment, at)
    if done and ready_at:
        _tell(payment, ready_at)
    return done


def dispute(
    charge: Charge,
    status: str = Status.DISPUTED,
    *,
    amount: Money | None = None,
    at: datetime | None = None,
) -> None:
    """The payer's bank takes a demo payment back, or decides what becomes of it (`Status.WON`, `Status.LOST`).

    `amount` is how much it takes back, or how much of that is lost; all of it if nothing is said. `at` is when; now if
    nothing is said.
    """
    at = at or clock.now()
    with transaction.atomic():
        payment = lock_row(DemoPayment.objects, target=charge.pk)
        opens, known = status == Status.DISPUTED, payment.disputes
        before = [Status.PAID, Status.WON, Status.LOST] if opens else [Status.DISPUTED]
        if payment.status not in before:
            return
        lost = sum(one["lost"] or 0 for one in known)
        most = payment.amount_minor - lost if opens else known[-1]["minor"]
        minor = min(amount.minor, most) if amount else most
        if not minor:
            return
        if opens:
            known.append({"minor": minor, "lost": None, "due": (at + EVIDENCE).isoformat()})
        else:
            known[-1]["lost"] = minor if status == Status.LOST else 0
        taken = sum(one["minor"] if one["lost"] is None else one["lost"] for one in known)
        payment.status, payment.taken_minor = status, taken
        payment.save(update_fields=["status", "taken_minor", "disputes"])
        _tell(payment, at)


def _tell(payment: DemoPayment, due_at: datetime) -> None:
    """A message of ours to ourselves, as a provider's webhook would bring it."""
    message = Message(
        provider=NAME,
        event_id=f"{payment.pk}-{payment.status}-{len(payment.disputes)}-{due_at.isoformat()}",
        kind=f"{payment.kind}.{payment.status}",
        body={"ours": {payment.kind: str(payment.target)}},
        due_at=due_at,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)


def _way(payment: DemoPayment) -> list[Outcome]:
    if payment.status == Status.SLOW and payment.ready_at and payment.ready_at <= clock.now():
        DemoPayment.objects.filter(pk=payment.pk, status=Status.SLOW).update(status=Status.PAID)
        payment.refresh_from_db()
    page = _page(payment) if payment.status == Status.SECOND_STEP else ""
    why = str(WHY.get(payment.status, ""))
    way = WAYS[payment.status]
    steps = [Outcome(verb, payer_url=page, failure=why) for verb in way]
    for one in payment.disputes:
        steps += _steps(one, payment.currency)
    return steps or [Outcome()]


def _steps(dispute: dict[str, Any], currency: str) -> list[Outcome]:
    due = datetime.fromisoformat(dispute["due"]) if dispute.get("due") else None
    amount = Money(dispute["minor"], currency)
    steps = [Outcome("dispute", amount=amount, reason="fraudulent", evidence_due_at=due)]
    if dispute["lost"] is None:
        return steps
    lost = Money(dispute["lost"], currency)
    return [*steps, Outcome("lose", amount=lost) if lost else Outcome("win")]


def _payment(key: str, kind: str, target: object, amount: Money | None) -> DemoPayment:
    known = {"kind": kind, "target": target}
    if amount:
        known |= {"amount_minor": amount.minor, "currency": amount.currency}
    return DemoPayment.objects.get_or_create(key=key, defaults=known)[0]


def _settled(key: str, kind: str, target: object, amount: Money) -> DemoPayment:
    made = _payment(key, kind, target, amount)
    if made.status == Status.OPEN:
        decide(made, Status.PAID)
    return made


def _ref(payment: DemoPayment) -> str:
    return f"demo-{payment.pk}"


def _page(payment: DemoPayment) -> str:
    return reverse("payments:demo", args=[payment.pk])


registry.register(Hook(NAME, Demo))
