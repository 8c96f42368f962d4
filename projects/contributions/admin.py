"""The council's desk for help: what is wanted, what was offered, and answers where a team cannot give them."""

from functools import partial

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from civic.core.staff_actions import StaffAction
from projects.calls.desk import GivenCallsMixin
from projects.calls.models import Call
from projects.contributions.models import Contribution, Want
from projects.contributions.operations import offer_steps


@admin.register(Want)
class WantAdmin(ReadOnlyAdmin):
    list_display = ("title", "project", "kind", "amount", "unit", "needed_by", "closed_at")
    list_filter = ("kind", ("closed_at", admin.EmptyFieldListFilter))
    list_select_related = ("project",)
    search_fields = ("title", "project__title")


answer = partial(StaffAction, thing="contribution", permission=("run_any", Call))


@admin.register(Contribution)
class ContributionAdmin(GivenCallsMixin, ReadOnlyAdmin):
    """Read-only rows; each action is one operation with a reason, and a refusal changes nothing."""

    call_path = "want__project__call"
    list_display = ("want", "project", "amount", "state", "state_since", "offered_at")
    list_filter = ("state", "want__kind")
    list_select_related = ("want__project",)
    search_fields = ("want__title", "want__project__title")
    ordering = ("state_since",)
    actions = (
        answer(offer_steps.accept, title=_("Accept")),
        answer(offer_steps.decline, title=_("Decline")),
        answer(offer_steps.verify, title=_("Confirm that it was given")),
        answer(offer_steps.send_back, title=_("Say what is still missing")),
    )

    @admin.display(description=_("project"))
    def project(self, contribution: Contribution) -> str:
        return contribution.want.project.title
