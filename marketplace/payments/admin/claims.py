"""What payers got back twice and owe the city: paid by bank transfer, or written off by two finance officers."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin, WaitingFilter
from civic.core.staff_actions import StaffAction
from marketplace.payments import purposes
from marketplace.payments.models import Claim
from marketplace.payments.operations import claims
from marketplace.payments.queries import charges
from marketplace.payments.references import reference_for, spaced
from marketplace.payments.states import CLAIMED, ClaimState


class Stage(WaitingFilter):
    """What is owed; the others on demand."""

    waiting = tuple(CLAIMED)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*ClaimState.choices, ("all", _("All"))]


act = partial(StaffAction, thing="claim", permission=("keep", "books"), sensitive=True)


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    """Oldest first, with the reference to which a transfer that came without one is assigned."""

    list_display = ("created_at", "amount", "of_payment", "paid_for", "payer", "state", "reference")
    export_display = (*list_display[:3], "charge_purpose", *list_display[4:])
    confirm_display = ("amount", "charge_purpose", "payer", "state")
    list_filter = (Stage, "dispute__charge__book")
    search_fields = ("=dispute__charge__purpose",)
    list_select_related = ("dispute__charge__payer",)
    ordering = ("created_at", "pk")
    actions = (
        act(
            claims.propose_write_off,
            title=_("Propose to write it off"),
            explanation=_("The payer owes it until somebody else of the finance officers confirms this."),
        ),
        act(claims.withdraw_write_off, title=_("Take the proposal back"), reason="optional"),
        act(
            claims.confirm_write_off,
            title=_("Write off what somebody else proposed"),
            reason="none",
            explanation=_("It stays a loss of the city. Nobody waits for the money any more."),
        ),
    )

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """All rows of a page in words at once, and where their money is waited for: two statements."""
        page = super().get_changelist_instance(request)
        rows = list(page.result_list)
        words = purposes.describe(claim.charge.purpose for claim in rows)
        asked = charges.asked_for(claim.pk for claim in rows)
        for claim in rows:
            claim.words, claim.asked = words[claim.charge.purpose], asked.get(claim.pk)
        return page

    @admin.display(description=_("of a payment of"))
    def of_payment(self, claim: Claim) -> str:
        return str(claim.charge.amount)

    @admin.display(description=_("for"))
    def paid_for(self, claim: Claim) -> str:
        return str(claim.words.title)  # type: ignore[attr-defined]

    @admin.display(description=_("purpose"))
    def charge_purpose(self, claim: Claim) -> str:
        return claim.charge.purpose

    @admin.display(description=_("payer"))
    def payer(self, claim: Claim) -> str:
        return str(claim.charge.payer or "–")

    @admin.display(description=_("reference"))
    def reference(self, claim: Claim) -> str:
        asked = getattr(claim, "asked", None)
        return spaced(reference_for(asked)) if asked else "–"
