"""The Stripe twin in a process of its own."""

import hashlib
import hmac
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from civic.accounts.models import Person
from tests.factories import accounts

SECRET = "whsec_of_the_twin"


class TwinClient:
    """Speaks to the twin as the world outside does."""

    def __init__(self, address: str) -> None:
        self.address = address

    def __call__(self, verb: str, **asked: Any) -> Any:
        request = urllib.request.Request(
            f"{self.address}/twin/{verb}", json.dumps(asked).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    @property
    def events(self) -> list[dict[str, Any]]:
        """Every event until now, oldest first."""
        return list(self("state")["events"])

    def all(self, kind: str) -> list[dict[str, Any]]:
        """Its objects of one kind."""
        return [thing for thing in self("state")["things"].values() if thing["object"] == kind]


@pytest.fixture
def twin(tmp_path: Path, settings: Any) -> Iterator[TwinClient]:
    """A twin that Stripe's settings point to."""
    file = tmp_path / "port"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.payments.stripe_twin", str(file)], cwd=settings.BASE_DIR
    )
    try:
        for _ in range(200):
            if file.exists() and file.read_text():
                break
            time.sleep(0.05)
        address = f"http://127.0.0.1:{file.read_text()}"
        settings.STRIPE_SECRET_KEY = "sk_test_" + "x" * 24
        settings.STRIPE_WEBHOOK_SECRET = SECRET
        settings.STRIPE_API_BASE = address
        yield TwinClient(address)
    finally:
        process.kill()
        process.wait()


def signature(body: str, *, secret: str = SECRET, at: float | None = None) -> str:
    """As Stripe signs."""
    moment = int(time.time() if at is None else at)
    digest = hmac.new(secret.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def deliver(event: dict[str, Any], **signing: Any) -> int:
    """Sends an event to our webhook; the status of the answer."""
    body = json.dumps(event)
    headers = {"HTTP_STRIPE_SIGNATURE": signature(body, **signing)}
    return Client().post("/webhooks/stripe/", body, content_type="application/json", **headers).status_code


@pytest.fixture
def officer() -> Person:
    """A finance officer."""
    return accounts.staff("finance-officers")


@pytest.fixture
def second() -> Person:
    """Another one."""
    return accounts.staff("finance-officers")
