"""What the twin remembers, and how it says no."""

import itertools
import json
import threading
from typing import Any

Params = dict[str, Any]
VERSION = "2026-08-26.dahlia"


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


# Stripe rounds these to two of their three decimals, and takes whole units only of the others.
COARSE = {"bhd": 10, "jod": 10, "kwd": 10, "omr": 10, "tnd": 10, "isk": 100, "ugx": 100}


def require_chargeable(amount: int, currency: str) -> None:
    step = COARSE.get(currency, 1)
    if amount <= 0 or amount % step:
        raise impossible(f"Amount must be positive and a multiple of {step}")


class Store:
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
        self.account = {"id": "acct_00000001", "object": "account", "type": "standard", "livemode": False}
        self.things[str(self.account["id"])] = self.account

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
        """An event, as it stands now."""
        facts: dict[str, Any] = {"id": f"evt_{next(self.numbers):08d}", "object": "event", "type": kind}
        facts |= {"livemode": False, "created": int(self.now), "api_version": VERSION, "request": None}
        self.events.append(facts | {"data": {"object": json.loads(json.dumps(thing))}})

    def event(self, name: str) -> dict[str, Any]:
        found = next((event for event in self.events if event["id"] == name), None)
        if found is None:
            raise missing(name)
        return found

    def total(self, currency: str) -> int:
        return sum(t["net"] for t in self.all("balance_transaction") if t["currency"] == currency)

    def balance(self) -> dict[str, Any]:
        currencies = sorted({t["currency"] for t in self.all("balance_transaction")})
        parts = [{"amount": self.total(currency), "currency": currency} for currency in currencies]
        return {"object": "balance", "livemode": False, "available": parts, "pending": []}

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
