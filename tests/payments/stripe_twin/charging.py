"""Asking for money: PaymentIntents, Checkout pages and what payers do there."""

from typing import Any

from tests.payments.stripe_twin.store import COARSE, Params, Refusal, Store, impossible, require_chargeable

FEE_PERMILLE, FEE_FIXED = 14, 25


class Charging(Store):
    """A PaymentIntent succeeds at most once."""

    def create_payment_intent(self, params: Params) -> dict[str, Any]:
        require_chargeable(int(params["amount"]), params["currency"])
        return self.make(
            "pi",
            "payment_intent",
            amount=int(params["amount"]),
            currency=params["currency"],
            customer=params.get("customer"),
            payment_method=params.get("payment_method"),
            metadata=params.get("metadata", {}),
            status="requires_confirmation" if params.get("payment_method") else "requires_payment_method",
            latest_charge=None,
            last_payment_error=None,
            next_action=None,
        )

    def confirm_payment_intent(self, name: str, params: Params) -> dict[str, Any]:
        intent = self.get(name)
        if intent["status"] not in ("requires_confirmation", "requires_payment_method", "requires_action"):
            raise impossible(f"This PaymentIntent is {intent['status']}")
        method = str(params.get("payment_method") or intent["payment_method"] or "")
        if "decline" in method:
            self.fail(intent, "card_declined", "Your card was declined.")
        if "asks" in method and params.get("off_session"):
            self.fail(intent, "authentication_required", "The bank wants the payer.")
        if "asks" in method:
            url = f"https://hooks.stripe.example/{name}"
            action = {"type": "redirect_to_url", "redirect_to_url": {"url": url, "return_url": ""}}
            intent |= {"status": "requires_action", "next_action": action}
        elif "slow" in method:
            intent["status"] = "processing"
            self.tell("payment_intent.processing", intent)
        else:
            self.succeed(intent)
        return intent

    def fail(self, intent: dict[str, Any], code: str, message: str) -> None:
        error = {"type": "card_error", "code": code, "message": message}
        intent |= {"status": "requires_payment_method", "last_payment_error": error}
        self.tell("payment_intent.payment_failed", intent)
        raise Refusal(402, "card_error", code, message)

    def succeed(self, intent: dict[str, Any]) -> None:
        fee = intent["amount"] * FEE_PERMILLE // 1000 + FEE_FIXED
        fee -= fee % COARSE.get(intent["currency"], 1)
        settled = self.transaction("charge", intent["amount"], intent["currency"], fee)
        paid = self.make(
            "ch",
            "charge",
            amount=intent["amount"],
            currency=intent["currency"],
            payment_intent=intent["id"],
            metadata=intent["metadata"],
            balance_transaction=settled["id"],
            disputed=False,
        )
        intent |= {"status": "succeeded", "latest_charge": paid["id"], "next_action": None}
        self.tell("charge.succeeded", paid)
        self.tell("payment_intent.succeeded", intent)

    def transaction(self, kind: str, amount: int, currency: str, fee: int = 0) -> dict[str, Any]:
        return self.make(
            "txn",
            "balance_transaction",
            type=kind,
            amount=amount,
            fee=fee,
            net=amount - fee,
            currency=currency,
        )

    def cancel_payment_intent(self, name: str, params: Params) -> dict[str, Any]:
        intent = self.get(name)
        if intent["status"] in ("succeeded", "processing", "canceled"):
            raise impossible(f"A {intent['status']} PaymentIntent cannot be canceled")
        intent["status"] = "canceled"
        self.tell("payment_intent.canceled", intent)
        return intent

    # -- Checkout

    def create_session(self, params: Params) -> dict[str, Any]:
        for item in params.get("line_items", {}).values():
            require_chargeable(int(item["price_data"]["unit_amount"]), item["price_data"]["currency"])
        session = self.make(
            "cs",
            "checkout.session",
            mode=params["mode"],
            status="open",
            payment_status="unpaid",
            customer=params.get("customer"),
            metadata=params.get("metadata", {}),
            payment_intent=None,
            setup_intent=None,
            asked=params,
        )
        session["url"] = f"https://checkout.stripe.example/{session['id']}"
        return session

    def expire_session(self, name: str, params: Params) -> dict[str, Any]:
        session = self.get(name)
        if session["status"] != "open":
            raise impossible("Only open Checkout Sessions can be expired")
        session["status"] = "expired"
        self.tell("checkout.session.expired", session)
        return session

    def visit(self, name: str, method: str) -> None:
        """The payer goes through the Checkout page with a card that behaves so."""
        session = self.get(name)
        if session["status"] != "open":
            raise impossible("The page is closed")
        if session["mode"] == "setup":
            card = {"brand": "visa", "last4": "4242"}
            saved = self.make("pm", "payment_method", type="card", card=card, customer=session["customer"])
            del self.things[saved["id"]]
            saved["id"] = f"{saved['id']}_{method}"
            self.things[saved["id"]] = saved
            setup = self.make(
                "seti", "setup_intent", payment_method=saved["id"], status="succeeded", metadata={}
            )
            session |= {"status": "complete", "setup_intent": setup["id"]}
        else:
            item = session["asked"]["line_items"]["0"]
            amount = int(item["price_data"]["unit_amount"]) * int(item["quantity"])
            wanted = {
                "amount": amount,
                "currency": item["price_data"]["currency"],
                "payment_method": f"pm_{method}",
            }
            wanted["metadata"] = session["asked"].get("payment_intent_data", {}).get("metadata", {})
            intent = self.create_payment_intent(wanted)
            self.confirm_payment_intent(intent["id"], {})
            paid = "paid" if intent["status"] == "succeeded" else "unpaid"
            session |= {"status": "complete", "payment_intent": intent["id"], "payment_status": paid}
        self.tell("checkout.session.completed", session)

    def settle(self, name: str, outcome: str) -> None:
        """What was slow, or waited for the payer, is decided."""
        intent = self.get(name)
        if intent["status"] not in ("processing", "requires_action"):
            raise impossible("Nothing to decide")
        if outcome == "succeed":
            self.succeed(intent)
        else:
            error = {"type": "card_error", "code": "card_declined", "message": "The bank said no."}
            intent |= {"status": "requires_payment_method", "last_payment_error": error}
            self.tell("payment_intent.payment_failed", intent)
