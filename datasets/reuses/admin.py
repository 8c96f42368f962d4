"""The data steward's desk of what was built with data: what waits comes first."""

from functools import partial

from django.contrib import admin
from django.db.models import Case, When
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from civic.core.staff_actions import StaffAction
from datasets.catalogue.models import Dataset
from datasets.reuses import operations
from datasets.reuses.models import Reuse
from datasets.reuses.states import ReuseState

decide = partial(StaffAction, thing="reuse", permission=("steward", Dataset))


@admin.register(Reuse)
class ReuseAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "by", "where", "state", "state_since")
    list_filter = ("state", "kind")
    list_select_related = ("person", "organisation")
    search_fields = ("title", "address", "organisation__name")
    ordering = (Case(When(state=ReuseState.PROPOSED, then=0), default=1).asc(), "state_since")
    actions = (
        decide(
            operations.approve,
            title=_("Show it"),
            reason="none",
            explanation=_("Follow its address first. It stands beside the data that it uses, for everybody."),
        ),
        decide(operations.decline, title=_("Do not show it"), explanation=_("They read your reason.")),
        decide(
            operations.take_down,
            title=_("Take it down"),
            explanation=_("For what is gone, wrong or breaks the rules of the house. They read your reason."),
        ),
        decide(operations.restore, title=_("Show it again"), reason="none"),
    )

    @admin.display(description=_("by"))
    def by(self, reuse: Reuse) -> str:
        return reuse.by

    @admin.display(description=_("address"))
    def where(self, reuse: Reuse) -> str:
        return format_html('<a href="{0}" rel="nofollow noopener noreferrer">{0}</a>', reuse.address)
