"""Keys and accounts that money depends on: a wrong one stops the start, not the first payment."""

import re

from stdnum import iban

from civic.settings.environment import env, stop

STRIPE_KEY = re.compile(r"(sk|rk)_(test|live)_[A-Za-z0-9]{24,}")


def stripe_key() -> str:
    """Stripe's secret or restricted key; empty leaves that provider off."""
    key = env.str("STRIPE_SECRET_KEY", "").strip()
    if key and not STRIPE_KEY.fullmatch(key):
        stop(
            "STRIPE_SECRET_KEY must be a secret or restricted key: sk_live_…, sk_test_…, rk_live_… or rk_test_…."
        )
    return key


def webhook_secret(key: str) -> str:
    """The secret that signs Stripe's webhooks; a key without one would never hear how payments end."""
    secret = env.str("STRIPE_WEBHOOK_SECRET", "").strip()
    if secret and not secret.startswith("whsec_"):
        stop("STRIPE_WEBHOOK_SECRET must be the signing secret of the webhook endpoint, whsec_….")
    if key and not secret:
        stop(
            "STRIPE_WEBHOOK_SECRET is not set, and STRIPE_SECRET_KEY is: how payments end would never be heard."
        )
    return secret


def for_play(key: str) -> str:
    """The key for a demo: real money has no place there."""
    if "_live_" in key:
        stop("STRIPE_SECRET_KEY is a live key, and this is the demo; use one of the test mode, or none.")
    return key


def bank_account() -> str:
    """The IBAN that transfers go to, without spaces; empty leaves bank transfer off."""
    account = re.sub(r"\s", "", env.str("BANK_ACCOUNT", "")).upper()
    if account and not iban.is_valid(account):
        stop("BANK_ACCOUNT is no IBAN, or one of its letters is wrong.")
    return account


def bank_holder(account: str) -> str:
    """The name that the bank knows the account by."""
    holder = env.str("BANK_HOLDER", "").strip()
    if account and not holder:
        stop("BANK_HOLDER is not set, and BANK_ACCOUNT is: payers must write both on a transfer.")
    return holder
