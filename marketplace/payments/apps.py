from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

from civic.accounts import groups

OURS = [
    *("charge", "claim", "dispute", "refund", "transfer", "command", "message", "reconciliation"),
    *("statement", "statementline", "bankorder", "mirrorjob", "settlement"),
]
# What of dj-stripe's copy of Stripe's objects has a page in the desk (admin/jobs.py).
MIRROR = [
    f"djstripe.view_{model}"
    for model in (
        *("balancetransaction", "charge", "customer", "dispute", "event", "paymentintent"),
        *("paymentmethod", "payout", "session", "setupintent", "transfer"),
    )
]


class PaymentsConfig(AppConfig):
    name = "marketplace.payments"

    council_permissions = {
        groups.FINANCE_OFFICERS: [*(f"view_{model}" for model in OURS), *MIRROR],
        groups.AUDITORS: MIRROR,
    }

    def ready(self) -> None:
        apps.get_app_config("djstripe").verbose_name = _("Stripe, as copied here")
