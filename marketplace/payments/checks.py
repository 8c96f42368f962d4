"""What `manage.py check` says of the ways to pay: which are off here, and why."""

from typing import Any

from django.core.checks import CheckMessage, Info, register

from marketplace.payments import providers


@register("payments")
def payment_methods(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A line for each provider that is off; none of them is a fault, and with none on nobody can pay."""
    off = [why for _provider, why in providers.every() if why]
    found: list[CheckMessage] = [Info(why, id="payments.I001") for why in off]
    if len(off) == len(providers.every()):
        found.append(Info("No way to pay is on: nobody can pledge or pay an invoice.", id="payments.I002"))
    return found
