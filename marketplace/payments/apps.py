from django.apps import AppConfig

from civic.accounts import groups


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
        ],
    }

    def ready(self) -> None:
        """Providers and what understands their messages register themselves."""
        from marketplace.payments import personal, reducers  # noqa: F401
        from marketplace.payments.providers import bank, demo, stripe  # noqa: F401

        personal.declare()
