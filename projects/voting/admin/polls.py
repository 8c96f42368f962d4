"""Polls to seal and count, tallies, and ballots: that they are there, not what they say; one may be void."""

from datetime import UTC
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from civic.core.ids import normalise_code
from civic.core.policies import may
from civic.core.staff_actions import StaffAction
from projects.calls.desk import GivenCallsMixin
from projects.calls.models import Call
from projects.voting import operations
from projects.voting.models import Ballot, Poll, Tally
from projects.voting.secrecy import CODE_LENGTH, fingerprint


def seal_and_count(*, actor: Any, at: Any, poll: Poll) -> None:
    """Two operations: where the count is refused, the ballots stay sealed."""
    operations.close_voting(call=poll.call, at=at, actor=actor)
    operations.run_tally(call=poll.call, at=at, actor=actor)


@admin.register(Poll)
class PollAdmin(GivenCallsMixin, ReadOnlyAdmin):
    """How each vote stands; how people vote is not to be seen before the count."""

    call_path = "call"
    list_display = ("call", "prepared_at", "cast", "sealed_at", "progress", "page")
    list_filter = (("sealed_at", admin.EmptyFieldListFilter),)
    search_fields = ("call__title",)
    exclude = ("seed",)
    actions = (
        StaffAction(
            seal_and_count,
            "poll",
            _("Seal and count"),
            permission=("run_any", Call),
            reason="none",
            sensitive=True,
            explanation=_("Once voting is over: no ballot comes in any more, and the result is public."),
        ),
    )
    ordering = ("-prepared_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Poll]:
        live = Ballot.objects.live().filter(call=OuterRef("call_id")).order_by().values("call")
        cast = Subquery(live.annotate(number=Count("pk")).values("number"))
        return super().get_queryset(request).select_related("call").annotate(live_ballots=Coalesce(cast, 0))

    @admin.display(description=_("ballots"), ordering="live_ballots")
    def cast(self, poll: Poll) -> int:
        return poll.live_ballots  # type: ignore[attr-defined]

    @admin.display(description=_("counted"))
    def progress(self, poll: Poll) -> str:
        return f"{poll.counted} % {poll.counting}" if poll.sealed_at else ""

    def page_address(self, row: Poll) -> str:
        return reverse("voting:results", args=[row.call.slug])


@admin.register(Tally)
class TallyAdmin(ReadOnlyAdmin):
    """Results; the database keeps them as they are."""

    list_display = ("call", "rule", "ballots", "budget", "spent", "computed_at", "page")
    list_filter = ("rule",)
    list_select_related = ("call",)
    search_fields = ("call__title",)
    ordering = ("-computed_at",)

    def page_address(self, row: Tally) -> str:
        return reverse("voting:results", args=[row.call.slug])


class ByReceipt(ChangeList):
    """A list that can't be sorted: whatever it is sorted by, Django adds the id where two rows are equal."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        return ["receipt"]


@admin.register(Ballot)
class BallotAdmin(GivenCallsMixin, ReadOnlyAdmin):
    """Found by the fingerprint of a receipt. Lines are not shown: staff has no business in them."""

    call_path = "call"
    list_display = ("receipt", "call", "state", "day")
    list_filter = ("state",)
    list_select_related = ("call",)
    search_fields = ("=receipt", "call__slug")
    fields = ("receipt", "call", "choices", "state")
    actions = (
        StaffAction(
            operations.void_ballot,
            "ballot",
            _("Take out of the count"),
            permission=("run_any", Call),
            sensitive=True,
            explanation=_("The ballot stays, and is not counted."),
        ),
    )
    # Not which came on paper: with the fingerprint one finds what a published ballot says.
    # By fingerprint everywhere: ids and times would tell in which order people voted, and so who is who.
    ordering = ("receipt",)
    export_order = "receipt"
    sortable_by = ()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ByReceipt

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Ballot], search_term: str
    ) -> tuple[QuerySet[Ballot], bool]:
        """By receipt code too, for who may void the ballot; nobody else who holds a code learns what became of it."""
        is_code = len(normalise_code(search_term)) == CODE_LENGTH and may(request.user, "run_any", Call)
        return super().get_search_results(
            request, queryset, fingerprint(search_term) if is_code else search_term
        )

    @admin.display(description=_("cast on"))
    def day(self, ballot: Ballot) -> str:
        """The day only: a time could tell who it was."""
        return f"{ballot.created_at.astimezone(UTC):%Y-%m-%d}"
