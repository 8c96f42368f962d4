"""A twin of Stripe for the tests: the real stripe library talks HTTP to it, in a process of its own.

It keeps what matters to money: idempotency keys with their parameters and answers for 24 hours of its own clock,
PaymentIntents that succeed at most once, Checkout pages, refunds, Connect transfers, disputes, balance transactions
and events. `POST /twin/<verb>` does what happens outside of our sight: payers pay, banks dispute, time passes, and
the network fails (`faults`: "before" loses the request, "after" loses the answer, "500" stores an error as the
answer of the key, as Stripe does).

    python tests/payments/twin.py PORTFILE
"""

import itertools
import json
import re
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

DAY = 24 * 3600
FEE_PERMILLE, FEE_FIXED = 14, 25
Params = dict[str, Any]


class Refusal(Exception):
    """An error answer."""

    def __init__(self, status: int, kind: str, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.body = status, {"error": {"type": kind, "code": code, "message": message}}


class Lost(Exception):
    """The connection ends without an answer."""


def missing(name: str) -> Refusal:
    return Refusal(404, "invalid_request_error", "resource_missing", f"No such {name}")


def impossible(message: str) -> Refusal:
    return Refusal(400, "invalid_request_error", "unexpected_state", message)


class Twin:
    """All that the twin remembers."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.things: dict[str, dict[str, Any]] = {}
        self.keys: dict[str, tuple[str, float, int, dict[str, Any]]] = {}
        self.events: list[dict[str, Any]] = []
        self.numbers = itertools.count(1)
        self.now = 1_780_000_000.0
        self.faults: list[str] = []
        self.requests = 0

    def make(self, prefix: str, kind: str, **fields: Any) -> dict[str, Any]:
        """A new object of theirs."""
        name = f"{prefix}_{next(self.numbers):08d}"
        self.things[name] = {
            "id": name,
            "object": kind,
            "created": int(self.now),
            "livemode": False,
            **fields,
        }
        return self.things[name]

    def get(self, name: str) -> dict[str, Any]:
        if name not in self.things:
            raise missing(name)
        return self.things[name]

    def all(self, kind: str) -> list[dict[str, Any]]:
        return [thing for thing in self.things.values() if thing["object"] == kind]

    def tell(self, kind: str, thing: dict[str, Any]) -> None:
        event = {"type": kind, "data": {"object": json.loads(json.dumps(thing))}}
        self.events.append(
            {"id": f"evt_{next(self.numbers):08d}", "object": "event", "livemode": False, **event}
        )

    # -- charging

    def create_payment_intent(self, params: Params) -> dict[str, Any]:
        if int(params["amount"]) <= 0:
            raise impossible("Amount must be positive")
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

    # -- back and on

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
        self.transaction("adjustment", -paid["amount"], paid["currency"])
        made = self.make(
            "dp",
            "dispute",
            amount=paid["amount"],
            currency=paid["currency"],
            payment_intent=name,
            charge=paid["id"],
            status="needs_response",
            metadata={},
        )
        self.tell("charge.dispute.created", made)

    def close_dispute(self, name: str, outcome: str) -> None:
        made = next(thing for thing in self.all("dispute") if thing["payment_intent"] == name)
        made["status"] = outcome
        if outcome == "won":
            self.transaction("adjustment", made["amount"], made["currency"])
        self.tell("charge.dispute.closed", made)

    def total(self, currency: str) -> int:
        return sum(t["net"] for t in self.all("balance_transaction") if t["currency"] == currency)

    def balance(self) -> dict[str, Any]:
        currencies = sorted({t["currency"] for t in self.all("balance_transaction")})
        parts = [{"amount": self.total(currency), "currency": currency} for currency in currencies]
        return {"object": "balance", "livemode": False, "available": parts, "pending": []}

    # -- answering

    def answer(self, method: str, path: str, params: Params, key: str) -> tuple[int, dict[str, Any]]:
        """One request: once a key for 24 hours, other parameters refused, errors replayed."""
        with self.lock:
            self.requests += 1
            fault = self.faults.pop(0) if self.faults else ""
            if fault == "before":
                raise Lost
            asked = f"{path} {json.dumps(params, sort_keys=True)}"
            known = self.keys.get(key) if key and method == "POST" else None
            if known and self.now - known[1] < DAY:
                if known[0] != asked:
                    raise Refusal(400, "idempotency_error", "idempotency_key_reused", "Other parameters")
                return known[2], known[3]
            status, body = self._once(method, path, params, fault)
            if key and method == "POST":
                self.keys[key] = (asked, self.now, status, json.loads(json.dumps(body)))
            if fault == "after":
                raise Lost
            return status, body

    def _once(self, method: str, path: str, params: Params, fault: str) -> tuple[int, dict[str, Any]]:
        if fault == "500":
            return 500, {"error": {"type": "api_error", "code": "", "message": "Something broke"}}
        try:
            found = self._route(method, path, params)
            return 200, self._expanded(found, params)
        except Refusal as refusal:
            return refusal.status, refusal.body

    def _route(self, method: str, path: str, params: Params) -> dict[str, Any]:
        for verb, pattern, act in ROUTES:
            found = re.fullmatch(pattern, path)
            if verb == method and found:
                return act(self, *found.groups(), params)
        raise missing(path)

    def list(self, kind: str, params: Params) -> dict[str, Any]:
        by = {
            n: v
            for n, v in params.items()
            if n in ("customer", "payment_intent", "transfer_group", "destination")
        }
        data = [t for t in self.all(kind) if all(t.get(name) == value for name, value in by.items())]
        return {"object": "list", "data": list(reversed(data)), "has_more": False, "url": "/"}

    def _expanded(self, thing: dict[str, Any], params: Params) -> dict[str, Any]:
        copy = json.loads(json.dumps(thing))
        for wanted in (params.get("expand") or {}).values():
            place = copy
            for part in wanted.split("."):
                if isinstance(place.get(part), str):
                    place[part] = json.loads(json.dumps(self.get(place[part])))
                if not isinstance(place.get(part), dict):
                    break
                place = place[part]
        return copy

    def control(self, verb: str, asked: Params) -> Any:
        """`/twin/<verb>`: what happens outside of our sight."""
        with self.lock:
            if verb == "faults":
                self.faults = asked["faults"]
            elif verb == "pass":
                self.now += asked["seconds"]
            elif verb == "state":
                return {"events": self.events, "things": self.things, "requests": self.requests}
            else:
                getattr(self, verb)(**asked)
            return {}


NAME = r"([a-z]+_\w+)"
ROUTES: list[tuple[str, str, Callable[..., dict[str, Any]]]] = [
    ("POST", "/v1/payment_intents", Twin.create_payment_intent),
    ("POST", f"/v1/payment_intents/{NAME}/confirm", Twin.confirm_payment_intent),
    ("POST", f"/v1/payment_intents/{NAME}/cancel", Twin.cancel_payment_intent),
    ("POST", "/v1/checkout/sessions", Twin.create_session),
    ("POST", f"/v1/checkout/sessions/{NAME}/expire", Twin.expire_session),
    ("POST", "/v1/customers", lambda twin, params: twin.make("cus", "customer", **params)),
    ("POST", "/v1/refunds", Twin.create_refund),
    ("POST", "/v1/transfers", Twin.create_transfer),
    ("GET", "/v1/balance", lambda twin, params: twin.balance()),
    ("GET", "/v1/payment_intents", lambda twin, params: twin.list("payment_intent", params)),
    ("GET", "/v1/refunds", lambda twin, params: twin.list("refund", params)),
    ("GET", "/v1/transfers", lambda twin, params: twin.list("transfer", params)),
    ("GET", "/v1/disputes", lambda twin, params: twin.list("dispute", params)),
    ("GET", "/v1/balance_transactions", lambda twin, params: twin.list("balance_transaction", params)),
    ("GET", f"/v1/[a-z_/]+/{NAME}", lambda twin, name, params: twin.get(name)),
]


def nested(pairs: list[tuple[str, str]]) -> Params:
    """`metadata[charge]=7` as Stripe reads it."""
    found: Params = {}
    for name, value in pairs:
        first, *more = re.findall(r"[^\[\]]+", name)
        place = found
        for part in [first, *more][:-1]:
            place = place.setdefault(part, {})
        place[[first, *more][-1]] = {"true": True, "false": False}.get(value, value)
    return found


class Handler(BaseHTTPRequestHandler):
    """HTTP around the twin."""

    twin: Twin
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._serve("GET", urlsplit(self.path).query)

    def do_POST(self) -> None:
        self._serve("POST", self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())

    def _serve(self, method: str, sent: str) -> None:
        path = urlsplit(self.path).path
        try:
            if path.startswith("/twin/"):
                status, body = 200, self.twin.control(path.removeprefix("/twin/"), json.loads(sent or "{}"))
            else:
                key = self.headers.get("Idempotency-Key", "")
                status, body = self.twin.answer(method, path, nested(parse_qsl(sent)), key)
        except Refusal as refusal:
            status, body = refusal.status, refusal.body
        except Lost:
            self.close_connection = True
            return
        answer = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments: Any) -> None:
        """Quiet."""


def main(port_file: str) -> None:
    """Serves on a free port, whose number it writes into the file."""
    Handler.twin = Twin()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *of: None  # type: ignore[method-assign] # killed workers hang up
    Path(port_file).write_text(str(server.server_port))
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
