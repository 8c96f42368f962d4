"""Ballots: that they are there, not what they say; one may be void for a reason."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from civic.core.staff_actions import StaffAction
from projects.calls.models import Call
from projects.voting import operations
from projects.voting.models import Ballot


@admin.register(Ballot)
class BallotAdmin(ReadOnlyAdmin):
    """Found by the fingerprint of a receipt. Lines are not shown: staff has no business in them."""

    list_display = ("receipt", "call", "channel", "state", "day")
    list_filter = ("state", "channel")
    list_select_related = ("call",)
    search_fields = ("=receipt", "call__slug")
    fields = ("receipt", "call", "channel", "choices", "state")
    actions = (
        StaffAction(
            operations.void_ballot,
            "ballot",
            _("Take out of the count"),
            permission=("run_any", Call),
            explanation=_("The ballot stays, and is not counted."),
        ),
    )
    ordering = ("receipt",)

    @admin.display(description=_("cast on"), ordering="created_at")
    def day(self, ballot: Ballot) -> str:
        """The day only: a time could tell who it was."""
        return f"{ballot.created_at:%Y-%m-%d}"
