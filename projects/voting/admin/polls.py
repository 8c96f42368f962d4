"""Polls and tallies: to read, to seal and to count."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from projects.voting import operations
from projects.voting.admin.acting import act, public_link
from projects.voting.models import Ballot, Poll, Tally


def _seal_and_count(*, actor: Any, at: Any, poll: Poll) -> None:
    operations.close_voting(call=poll.call, at=at, actor=actor)
    operations.run_tally(call=poll.call, at=at, actor=actor)


@admin.register(Poll)
class PollAdmin(ReadOnlyAdmin):
    """How each vote stands; how people vote is not to be seen before the count."""

    list_display = ("call", "prepared_at", "cast", "sealed_at", "progress", "page")
    list_filter = (("sealed_at", admin.EmptyFieldListFilter),)
    search_fields = ("call__title",)
    exclude = ("seed",)
    actions = ("seal_and_count",)
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

    @admin.display(description=_("page"))
    def page(self, poll: Poll) -> SafeString:
        return public_link(reverse("voting:results", args=[poll.call.slug]))

    @admin.action(description=_("Seal and count (once voting is over)"), permissions=["view"])
    def seal_and_count(self, request: HttpRequest, polls: QuerySet[Poll]) -> None:
        act(self, request, polls, _seal_and_count, "poll")


@admin.register(Tally)
class TallyAdmin(ReadOnlyAdmin):
    """Results; the database keeps them as they are."""

    list_display = ("call", "rule", "ballots", "budget", "spent", "computed_at", "page")
    list_filter = ("rule",)
    list_select_related = ("call",)
    search_fields = ("call__title",)
    ordering = ("-computed_at",)

    @admin.display(description=_("page"))
    def page(self, tally: Tally) -> SafeString:
        return public_link(reverse("voting:results", args=[tally.call.slug]))
