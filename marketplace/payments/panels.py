"""What this slice shows on somebody's own page: the way to their payments and saved ways to pay."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts import me
from civic.accounts.models import Person
from civic.core.panels import Panel
from marketplace.payments import purposes, queries


def returned(lines: list[str]) -> dict[str, purposes.Purpose]:
    """Bank transfers to us that nobody could place and that go back."""
    return dict.fromkeys(lines, purposes.Purpose(_("Your transfer, sent back")))


def payments(person: Person, at: datetime) -> dict[str, Any] | None:
    """Links only: the lists have pages of their own."""
    made, methods = getattr(person, "payments_made", False), getattr(person, "payments_methods", False)
    return {"made": made, "methods": methods} if made or methods else None


me.panels.register(
    Panel(
        61,
        "payments",
        gettext_lazy("Your payments"),
        "payments/_me.html",
        payments,
        columns=queries.me_columns,
    )
)
