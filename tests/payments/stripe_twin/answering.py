"""Answering requests: keys that are remembered, faults, and which address does what."""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.payments.stripe_twin.moving import Moving
from tests.payments.stripe_twin.store import Lost, Params, Refusal, missing

DAY = 24 * 3600


class Twin(Moving):
    """All of it behind one door."""

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
    ("POST", f"/v1/payment_methods/{NAME}/detach", Twin.detach),
    ("GET", "/v1/account", lambda twin, params: twin.account),
    ("GET", f"/v1/events/{NAME}", lambda twin, name, params: twin.event(name)),
    ("GET", "/v1/balance", lambda twin, params: twin.balance()),
    ("GET", "/v1/payment_intents", lambda twin, params: twin.list("payment_intent", params)),
    ("GET", "/v1/refunds", lambda twin, params: twin.list("refund", params)),
    ("GET", "/v1/transfers", lambda twin, params: twin.list("transfer", params)),
    ("GET", "/v1/disputes", lambda twin, params: twin.list("dispute", params)),
    ("GET", "/v1/balance_transactions", lambda twin, params: twin.list("balance_transaction", params)),
    ("GET", f"/v1/[a-z_/]+/{NAME}", lambda twin, name, params: twin.get(name)),
]
