"""Stripe's objects: what is asked for in its words, and what they say of where something stands.

Amounts are in our minor units, but for currencies that it keeps two decimals for.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from civic.core.money import Money
from marketplace.payments.models import Charge
from marketplace.payments.providers import Limits, Outcome, PaidOut, Rejected, Saved

# ISO 4217 gives these no decimals; Stripe's API still counts hundredths.
COUNTED_IN_HUNDREDTHS = {"ISK", "UGX"}
# And the other way round: two decimals by ISO 4217, whole units at Stripe.
COUNTED_WHOLE = {"MGA"}
# Minor units of ours; of currencies that are not named here Stripe says when it is asked.
LEAST = {
    code: minor
    for minor, codes in {
        30: ["GBP"],
        50: ["EUR", "USD", "CHF", "AUD", "CAD", "NZD", "SGD", "BRL", "JPY"],
        1_00: ["BGN"],
        2_00: ["PLN", "RON"],
        2_50: ["DKK"],
        3_00: ["NOK", "SEK"],
        4_00: ["HKD"],
        10_00: ["MXN"],
        15_00: ["CZK"],
        175_00: ["HUF"],
    }.items()
    for code in codes
}
MOST = 99_999_999  # in its own units


def to_stripe(amount: Money) -> int:
    """What to send as `amount`. Raises Rejected where Stripe has no unit as small."""
    if amount.currency in COUNTED_WHOLE:
        whole, rest = divmod(amount.minor, 100)
        if rest:
            raise Rejected(f"Stripe takes whole {amount.currency} only.")
        return whole
    return amount.minor * 100 if amount.currency in COUNTED_IN_HUNDREDTHS else amount.minor


def from_stripe(amount: int, currency: str) -> Money:
    """What an `amount` of theirs is."""
    if currency in COUNTED_WHOLE:
        return Money(amount * 100, currency)
    return Money(amount // 100 if currency in COUNTED_IN_HUNDREDTHS else amount, currency)


def limits(currency: str) -> Limits:
    """What a payment at Stripe can be (docs.stripe.com/currencies): a least a currency, and eight digits."""
    return Limits(LEAST.get(currency, 0), from_stripe(MOST, currency).minor)


def wanted_intent(charge: Charge) -> Any:
    """A PaymentIntent on a saved method, unconfirmed."""
    assert charge.method  # an intent of ours is made on a saved method only
    return {
        "amount": to_stripe(charge.amount),
        "currency": charge.currency.lower(),
        "customer": charge.method.customer_ref,
        "payment_method": charge.method.provider_ref,
        "automatic_payment_methods": {"enabled": True},
        "metadata": {"charge": str(charge.pk)},
    }


def wanted_checkout(charge: Charge) -> Any:
    """A hosted page where the payer is here."""
    name = _("Payment to the project")
    price = {
        "currency": charge.currency.lower(),
        "unit_amount": to_stripe(charge.amount),
        "product_data": {"name": name},
    }
    return {
        "mode": "payment",
        "line_items": [{"quantity": 1, "price_data": price}],
        "metadata": {"charge": str(charge.pk)},
        "payment_intent_data": {"metadata": {"charge": str(charge.pk)}},
        **returns(charge.pk),
    }


def returns(pk: object) -> dict[str, str]:
    """Back to us, whatever the payer did there."""
    return {"success_url": page(pk), "cancel_url": page(pk)}


def page(pk: object) -> str:
    """Where a payment stands."""
    return f"{settings.SITE_URL}{reverse('payments:payment', args=[pk])}?back=1"


DISPUTES = {"won": ["dispute", "win"], "lost": ["dispute", "lose"]}
OPEN_DISPUTES = {"needs_response", "under_review"}
REFUNDS = {"succeeded": "finish", "failed": "fail", "canceled": "fail"}


def owned_by(name: str, pk: object, things: Iterable[Any]) -> Any | None:
    """The first one whose metadata names our row."""
    return next((thing for thing in things if named(thing, name) == str(pk)), None)


def named(thing: Any, name: str) -> str:
    """Our id in the metadata of one of their objects; empty where it is not ours."""
    metadata = getattr(thing, "metadata", None)
    return str(metadata[name]) if metadata and name in metadata else ""


def checkout_way(client: Any, session: Any) -> list[Outcome]:
    """Of a payment that began on a Checkout page."""
    if session.status == "expired":
        return [Outcome("fail", failure=_("The payment page has expired."))]
    if session.status == "open" or not session.payment_intent:
        return []
    return intent_way(client, session.payment_intent)


def intent_way(client: Any, intent: Any) -> list[Outcome]:
    """Of a PaymentIntent, disputes included."""
    if intent.status == "succeeded":
        paid = intent.latest_charge
        return [Outcome("succeed", provider_ref=intent.id, fee=_fee(paid)), *_disputes(client, intent, paid)]
    if intent.status == "processing":
        return [Outcome("process", provider_ref=intent.id)]
    if intent.status == "requires_action":
        action = intent.next_action
        leads = action and action.type == "redirect_to_url"
        return [Outcome("ask_payer", payer_url=str(action.redirect_to_url.url) if leads else "")]
    if intent.status == "canceled":
        return [Outcome("fail", failure=_("Cancelled before it was paid."))]
    if intent.status == "requires_payment_method" and intent.last_payment_error:
        return [Outcome("fail", failure=intent.last_payment_error.message or _("The bank declined it."))]
    return [Outcome()]


def _fee(paid: Any) -> Money | None:
    """What Stripe kept, where it was settled in the currency of the payment."""
    settled = getattr(paid, "balance_transaction", None)
    if not settled or isinstance(settled, str) or settled.currency != paid.currency:
        return None
    return from_stripe(settled.fee, paid.currency.upper())


def _disputes(client: Any, intent: Any, paid: Any) -> list[Outcome]:
    """The steps of its disputes, the oldest first; inquiries (`warning_…`) take no money."""
    if not getattr(paid, "disputed", False):
        return []
    known = client.disputes.list({"payment_intent": intent.id}).data
    steps: list[Outcome] = []
    for dispute in sorted(known, key=lambda one: one.created):
        verbs = ["dispute"] if dispute.status in OPEN_DISPUTES else DISPUTES.get(dispute.status, [])
        amount = from_stripe(dispute.amount, dispute.currency.upper())
        due = getattr(dispute.evidence_details, "due_by", None)
        opened = Outcome(
            "dispute",
            amount=amount,
            reason=dispute.reason or "",
            evidence_due_at=datetime.fromtimestamp(due, UTC) if due else None,
            answered=dispute.status == "under_review",
        )
        steps += [opened if verb == "dispute" else Outcome(verb, amount=amount) for verb in verbs]
    return steps


def saved_method(session: Any) -> Saved:
    """Of a Checkout page in setup mode."""
    if session.status == "expired":
        return Saved(failure=_("The page has expired."))
    if session.status != "complete" or not session.setup_intent:
        return Saved()
    method = session.setup_intent.payment_method
    details = getattr(method, method.type, None)
    last = getattr(details, "last4", "") or ""
    kind = getattr(details, "brand", "") or method.type.replace("_", " ")
    label = f"{kind.capitalize()} ending {last}" if last else kind.capitalize()
    return Saved(method.id, session.customer, label=label)


def refund_outcome(refund: Any) -> Outcome:
    verb = REFUNDS.get(refund.status, "wait")
    return Outcome(verb, provider_ref=refund.id, failure=getattr(refund, "failure_reason", None) or "")


def transfer_outcome(transfer: Any) -> Outcome:
    """Of a transfer: settled when it is made, until it is reversed."""
    return Outcome("reverse" if transfer.reversed else "settle", provider_ref=transfer.id)


def paid_out(payout: Any) -> PaidOut:
    """Of a payout to our bank account; its day of arrival is a moment at midnight UTC."""
    return PaidOut(
        payout.id,
        from_stripe(payout.amount, payout.currency.upper()),
        datetime.fromtimestamp(payout.arrival_date, UTC).date(),
        failed=payout.status in ("failed", "canceled"),
    )
