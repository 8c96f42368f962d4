"""The demo city that `make demo` starts: production's behaviour, on this machine, with readable mail."""

from civic.settings.base import *  # noqa: F403
from civic.settings.base import INSTALLED_APPS, LOGGING, STRIPE_SECRET_KEY, money

DEMO = True
STRIPE_SECRET_KEY = money.for_play(STRIPE_SECRET_KEY)
STAFF_MFA_REQUIRED = False
# An account that no bank has.
BANK_ACCOUNT = "XX42ALDERMERE0000012345"
BANK_HOLDER = "City of Aldermere"
BANK_BOOK = "demo"
LEDGER_BOOK = "demo"
PAYOUT_PROVIDER = "demo"
INSTALLED_APPS = ["civic.demo", *INSTALLED_APPS]
MAIL_BACKEND = "civic.demo.mail.Backend"
# A demo is opened by address, by name or through a forwarded port of a container.
ALLOWED_HOSTS = ["*"]
LOGGING["root"]["level"] = "WARNING"  # type: ignore[index]
