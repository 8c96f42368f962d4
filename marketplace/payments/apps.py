from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

from civic.accounts import groups

# What of dj-stripe's copy of Stripe's objects has a page in the desk (admin/mirror.py).
MIRROR = [
    f"djstripe.view_{model}"
    for model in (
        *("balancetransaction", "charge", "customer", "dispute", "event", "paymentintent"),
        *("paymentmethod", "payout", "session", "setupintent", "transfer"),
    )
]


class PaymentsConfig(AppConfig):
    name = "marketplace.payments"
    label = "payments"
    verbose_name = "Payments"

    council_permissions = {
        groups.FINANCE_OFFICERS: [
            "payments.view_charge",
            "payments.view_refund",
            "payments.view_transfer",
            "payments.view_command",
            "payments.view_message",
            "payments.view_reconciliation",
            "payments.view_statement",
            "payments.view_statementline",
            "payments.view_bankorder",
            "payments.view_mirroring",
            "payments.view_settlement",
            *MIRROR,
        ],
        groups.AUDITORS: MIRROR,
    }

    def ready(self) -> None:
        apps.get_app_config("djstripe").verbose_name = _("Stripe, as copied here")
