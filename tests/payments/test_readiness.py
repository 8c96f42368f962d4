"""Which ways to pay are on, and that a wrong key or account stops the start with one line."""

import os
import subprocess
import sys
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.test import Client

from civic.accounts import groups
from marketplace.payments import checks
from tests.factories import accounts

KEY = "sk_test_" + "x" * 24
WRONG = {
    "a publishable key": {"STRIPE_SECRET_KEY": "pk_test_" + "x" * 24},
    "half a key": {"STRIPE_SECRET_KEY": "sk_test_x"},
    "a key and no secret": {"STRIPE_SECRET_KEY": KEY},
    "no secret": {"STRIPE_SECRET_KEY": KEY, "STRIPE_WEBHOOK_SECRET": "secret"},
    "a wrong letter": {"BANK_ACCOUNT": "DE89 3704 0044 0532 0130 01", "BANK_HOLDER": "City"},
    "no holder": {"BANK_ACCOUNT": "DE89 3704 0044 0532 0130 00"},
    "real money in a demo": {
        "STRIPE_SECRET_KEY": KEY.replace("test", "live"),
        "STRIPE_WEBHOOK_SECRET": "whsec_x",
        "DJANGO_SETTINGS_MODULE": "civic.settings.demo",
    },
}


def start(tmp_path: Any, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {"DJANGO_SETTINGS_MODULE": "civic.settings.base", "CIVIC_DATA_DIR": str(tmp_path)}
    known |= {"DATABASE_URL": "postgres:///x", "REDIS_URL": "redis://localhost"}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env={**os.environ, **known, **environment},
        cwd=configured.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("environment", WRONG.values(), ids=WRONG)
def test_a_wrong_value_stops_the_start_with_one_line(tmp_path: Any, environment: dict[str, str]) -> None:
    done = start(tmp_path, **environment)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("Settings: ")
    assert any(name in done.stderr for name in environment)
    assert "x" * 24 not in done.stderr


def test_right_values_start(tmp_path: Any) -> None:
    right = {"STRIPE_SECRET_KEY": KEY, "STRIPE_WEBHOOK_SECRET": "whsec_x"}
    done = start(tmp_path, **right, BANK_ACCOUNT="DE89 3704 0044 0532 0130 00", BANK_HOLDER="City")
    assert (done.returncode, done.stderr) == (0, "")


def test_check_says_which_ways_to_pay_are_off_and_fails_for_none(settings: Any) -> None:
    settings.STRIPE_SECRET_KEY = settings.BANK_ACCOUNT = ""
    out = StringIO()
    call_command("check", "--tag", "payments", stdout=out, stderr=out, fail_level="WARNING")
    assert "Stripe is off: STRIPE_SECRET_KEY is not set." in out.getvalue()
    assert "BANK_ACCOUNT is not set" in out.getvalue()
    assert "No way to pay" not in out.getvalue()
    settings.DEMO = False
    assert checks.payment_methods(None)[-1].id == "payments.I002"


@pytest.mark.django_db
def test_the_finance_desk_says_so_too(client: Client, settings: Any) -> None:
    from django.apps import apps

    settings.STRIPE_SECRET_KEY = ""
    groups.sync(apps.get_app_config("payments"))
    client.force_login(accounts.staff(groups.FINANCE_OFFICERS))
    page = client.get("/admin/payments/reconciliation/").content.decode()
    assert "Stripe is off: STRIPE_SECRET_KEY is not set." in page
    assert "on, book “demo”" in page
