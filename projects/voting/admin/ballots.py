"""Ballots: that they are there, not what they say; one may be void for a reason."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from projects.voting import operations
from projects.voting.admin.acting import ReasonForm, act
from projects.voting.models import Ballot


def _void(*, actor: Any, at: datetime, ballot: Ballot, reason: str) -> None:
    operations.void_ballot(actor=actor, ballot=ballot, reason=reason, at=at)


@admin.register(Ballot)
class BallotAdmin(ReadOnlyAdmin):
    """Found by the fingerprint of a receipt. Lines are not shown: staff has no business in them."""

    list_display = ("receipt", "call", "channel", "state", "day")
    list_filter = ("state", "channel")
    list_select_related = ("call",)
    search_fields = ("=receipt", "call__slug")
    fields = ("receipt", "call", "channel", "choices", "state")
    show_full_result_count = False
    action_form = ReasonForm
    actions = ("void",)
    ordering = ("receipt",)

    @admin.display(description=_("cast on"), ordering="created_at")
    def day(self, ballot: Ballot) -> str:
        """The day only: a time could tell who it was."""
        return f"{ballot.created_at:%Y-%m-%d}"

    @admin.action(description=_("Take out of the count (with a reason)"), permissions=["view"])
    def void(self, request: HttpRequest, ballots: QuerySet[Ballot]) -> None:
        reason = request.POST.get("reason", "")
        act(self, request, ballots.select_related("call"), partial(_void, reason=reason), "ballot")
