"""What this slice shows on somebody's own page: the way to their payments and saved ways to pay."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civic.accounts import me
from civic.accounts.models import Person
from civic.core.money import Money
from civic.core.panels import Panel
from civic.core.registry import Hook
from marketplace.payments import purposes, queries
from marketplace.payments.queries import claims, disputes, refunds


def returned(lines: list[str]) -> dict[str, purposes.Purpose]:
    """Bank transfers to us that nobody could place and that go back."""
    return dict.fromkeys(lines, purposes.Purpose(_("Your transfer, sent back")))


def twice(claims: list[str]) -> dict[str, purposes.Purpose]:
    """What somebody pays back that came back to them twice."""
    return dict.fromkeys(claims, purposes.Purpose(_("Paid back: it had come back to you twice")))


def payments(person: Person, at: datetime) -> dict[str, Any] | None:
    """Links only: the lists have pages of their own."""
    made, methods = getattr(person, "payments_made", False), getattr(person, "payments_methods", False)
    return {"made": made, "methods": methods} if made or methods else None


def disputes_waiting(person: Person, at: datetime) -> list[me.Todo]:
    """Disputes whose evidence finance officers have to send, with the first deadline."""
    count = getattr(person, "disputes_waiting", None)
    if not count:
        return []
    text = ngettext("%(count)s dispute waits for evidence", "%(count)s disputes wait for evidence", count)
    text %= {"count": count}
    if due := person.disputes_due_at:  # type: ignore[attr-defined]
        day = date_format(localtime(due), "DATE_FORMAT")
        text = _("%(what)s: the first is due on %(day)s") % {"what": text, "day": day}
    since = person.disputes_since  # type: ignore[attr-defined]
    return [me.Todo(text, reverse("admin:payments_dispute_changelist"), since)]


def claims_waiting(person: Person, at: datetime) -> list[me.Todo]:
    """Claims that payers owe for a month and longer, or that wait for a second finance officer."""
    count = getattr(person, "claims_waiting", None)
    if not count:
        return []
    text = ngettext(
        "%(count)s claim on a payer is older than a month, or waits for a second person",
        "%(count)s claims on payers are older than a month, or wait for a second person",
        count,
    )
    since = person.claims_since  # type: ignore[attr-defined]
    return [me.Todo(text % {"count": count}, reverse("admin:payments_claim_changelist"), since)]


def claim_owed(person: Person, at: datetime) -> list[me.Todo]:
    """What came back to somebody twice and they owe, the oldest first; a page says how to pay it."""
    key = getattr(person, "claim_owed_pk", None)
    if not key:
        return []
    amount = Money(person.claim_owed_amount_minor, person.claim_owed_currency)  # type: ignore[attr-defined]
    text = _("Pay back %(amount)s that came back to you twice") % {"amount": amount.format()}
    since = person.claim_owed_created_at  # type: ignore[attr-defined]
    return [me.Todo(text, reverse("payments:payment", args=[key]), since)]


def refund_kept(person: Person, at: datetime) -> list[me.Todo]:
    """What could not be given back to somebody the way they paid, the oldest first."""
    purpose = getattr(person, "refund_kept_purpose", None)
    if not purpose:
        return []
    amount = Money(person.refund_kept_minor, person.refund_kept_currency)  # type: ignore[attr-defined]
    text = _("Tell the city to which account %(amount)s can go back") % {"amount": amount.format()}
    page = purposes.describe([purpose])[purpose].href or reverse("payments:mine")
    return [me.Todo(text, page, person.refund_kept_since)]  # type: ignore[attr-defined]


purposes.resolvers.register(Hook("claim", twice))
me.todos.register(me.TodoSource("claim-owed", claim_owed, claims.owed_columns))
me.todos.register(me.TodoSource("refund-kept", refund_kept, refunds.kept_columns))
me.todos.register(me.TodoSource("claims", claims_waiting, claims.waiting_columns))
me.todos.register(me.TodoSource("disputes", disputes_waiting, disputes.waiting_columns))
me.panels.register(
    Panel(
        61,
        "payments",
        gettext_lazy("Your payments"),
        "payments/_me.html",
        payments,
        columns=queries.me_columns,
    )
)
