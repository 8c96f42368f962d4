"""Money that goes back or on: refunds, transfers, disputes, payouts; and methods that are let go."""

from typing import Any

from tests.payments.stripe_twin.charging import Charging
from tests.payments.stripe_twin.store import Params, impossible


class Moving(Charging):
    """What happens after money has arrived."""

    def create_refund(self, params: Params) -> dict[str, Any]:
        intent = self.get(params["payment_intent"])
        before = [
            r for r in self.all("refund") if r["payment_intent"] == intent["id"] and r["status"] != "failed"
        ]
        amount = int(params["amount"])
        if intent["status"] != "succeeded" or sum(r["amount"] for r in before) + amount > intent["amount"]:
            raise impossible("Refund amount is greater than unrefunded amount on charge")
        if self.get(intent["latest_charge"])["disputed"]:
            raise impossible("This charge is disputed")
        self.transaction("refund", -amount, intent["currency"])
        made = self.make(
            "re",
            "refund",
            amount=amount,
            currency=intent["currency"],
            payment_intent=intent["id"],
            status="succeeded",
            failure_reason=None,
            metadata=params.get("metadata", {}),
        )
        self.tell("refund.created", made)
        return made

    def fail_refund(self, name: str) -> None:
        """The bank sends a refund back."""
        refund = self.get(name)
        refund |= {"status": "failed", "failure_reason": "lost_or_stolen_card"}
        self.transaction("refund_failure", refund["amount"], refund["currency"])
        self.tell("refund.failed", refund)

    def create_transfer(self, params: Params) -> dict[str, Any]:
        amount = int(params["amount"])
        if amount > self.total(params["currency"]):
            raise impossible("Insufficient funds")
        self.transaction("transfer", -amount, params["currency"])
        made = self.make("tr", "transfer", **(params | {"amount": amount, "reversed": False}))
        self.tell("transfer.created", made)
        return made

    def dispute(self, name: str) -> None:
        """The payer's bank takes the money back."""
        intent = self.get(name)
        paid = self.get(intent["latest_charge"])
        paid["disputed"] = True
        taken = self.transaction("adjustment", -paid["amount"], paid["currency"])
        made = self.make(
            "dp",
            "dispute",
            amount=paid["amount"],
            currency=paid["currency"],
            payment_intent=name,
            charge=paid["id"],
            status="needs_response",
            reason="fraudulent",
            evidence={},
            evidence_details={},
            is_charge_refundable=False,
            balance_transactions=[taken],
            metadata={},
        )
        self.tell("charge.dispute.created", made)

    def close_dispute(self, name: str, outcome: str) -> None:
        made = next(thing for thing in self.all("dispute") if thing["payment_intent"] == name)
        made["status"] = outcome
        if outcome == "won":
            self.transaction("adjustment", made["amount"], made["currency"])
        self.tell("charge.dispute.closed", made)

    # -- methods

    def make_customer(self, name: str) -> None:
        """A customer of this name."""
        made = self.make("cus", "customer", metadata={})
        self.things[name] = self.things.pop(made["id"]) | {"id": name}

    def make_method(self, name: str, customer: str) -> None:
        """A saved card of this name."""
        card = {"brand": "visa", "last4": "4242"}
        made = self.make("pm", "payment_method", type="card", card=card, customer=customer)
        self.things[name] = self.things.pop(made["id"]) | {"id": name}

    def detach(self, name: str, params: Params) -> dict[str, Any]:
        method = self.get(name)
        if not method["customer"]:
            raise impossible("The payment method is not attached to a customer")
        method["customer"] = None
        self.tell("payment_method.detached", method)
        return method

    # -- to the bank

    def pay_out(self, amount: int, currency: str, arrives: int) -> None:
        """Stripe sends money to the bank account; `arrives` is a moment of the day."""
        self.transaction("payout", -amount, currency)
        made = self.make(
            "po",
            "payout",
            amount=amount,
            currency=currency,
            arrival_date=arrives,
            status="in_transit",
            metadata={},
        )
        self.tell("payout.created", made)

    def end_payout(self, name: str, status: str) -> None:
        """It arrived (`paid`), or came back (`failed`)."""
        payout = self.get(name)
        payout["status"] = status
        if status == "failed":
            self.transaction("payout_failure", payout["amount"], payout["currency"])
        self.tell(f"payout.{status}", payout)
