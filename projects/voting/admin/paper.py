"""Paper ballots: the queue of those that wait for another entry, and the page where they are typed in."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.admin import ReadOnlyAdmin, WaitingFilter
from civic.core.policies import may, require
from civic.core.staff_actions import StaffAction
from projects.calls.models import Call
from projects.voting import operations, queries
from projects.voting.forms import HandOutForm, PaperForm
from projects.voting.models import PaperBallot
from projects.voting.states import PAPER_WAITS, PaperState

ENTERED = {
    PaperState.ONCE: _("Kept. Somebody else enters it a second time."),
    PaperState.DIFFERS: _("The two entries differ. A third person looks at the paper."),
    PaperState.DOUBTED: _("Kept. Somebody says that it is not valid; another person decides."),
    PaperState.COUNTED: _("Both entries agree: the ballot is in the box."),
}


class Waiting(WaitingFilter):
    waiting = tuple(PAPER_WAITS)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*PaperState.choices, ("all", _("Everything"))]


@admin.register(PaperBallot)
class PaperBallotAdmin(ReadOnlyAdmin):
    """Nobody sees what another clerk has read."""

    list_display = ("serial", "call", "state", "created_at", "enter")
    list_display_links = None
    # The ballot of a paper leads to what it says once all are published, and the desk may know whose paper it was.
    exclude = ("ballot",)
    list_filter = (Waiting,)
    list_select_related = ("call",)
    search_fields = ("=serial", "call__title")
    ordering = ("created_at",)
    actions = (
        StaffAction(
            operations.refuse_paper,
            "paper",
            _("Not valid"),
            permission=("refuse", PaperBallot),
            explanation=_("The paper is set aside when a second person says so as well."),
        ),
    )
    confirm_display = ("serial", "call", "state", "created_at")
    export_display = confirm_display
    change_list_template = "admin/voting/paper_queue.html"

    @admin.display(description=_("entry"))
    def enter(self, paper: PaperBallot) -> SafeString | str:
        if paper.state not in PAPER_WAITS:
            return ""
        address = reverse("admin:voting_enter_paper", args=[paper.call.slug])
        return format_html('<a href="{}?serial={}">{}</a>', address, paper.serial, _("Enter"))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The queue, with the calls in which papers can be entered on top."""
        calls = queries.calls_taking_paper(clock.now())
        shown = {"calls": calls, "enters": may(request.user, "enter_ballots", Call)}
        return super().changelist_view(request, {**(extra_context or {}), **shown})

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Without the link to the entry for those who enter nothing."""
        enters = may(request.user, "enter_ballots", Call)
        return self.list_display if enters else self.confirm_display

    def get_urls(self) -> Any:
        enter = self.admin_site.admin_view(self.enter_view)
        hand_out = self.admin_site.admin_view(self.hand_out_view)
        return [
            path("enter/<slug:slug>/", enter, name="voting_enter_paper"),
            path("hand-out/<slug:slug>/", hand_out, name="voting_hand_out_paper"),
            *super().get_urls(),
        ]

    def hand_out_view(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Notes who takes a paper, before they get it; one person after the other."""
        call = _call_to_enter(request, slug)
        form = HandOutForm(request.POST or None)
        hand_out = partial(operations.hand_out_paper, actor=signed_in(request), call=call, at=clock.now())
        if form.accepted(lambda: hand_out(facts=form.facts)):
            self.message_user(request, _("Noted. You can hand out one paper ballot."), messages.SUCCESS)
            return redirect("admin:voting_hand_out_paper", slug)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Hand out a paper ballot"),
            "call": call,
            "form": form,
            "papers": queries.papers_of(call),
        }
        return TemplateResponse(request, "admin/voting/hand_out_paper.html", context)

    def enter_view(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One paper after the other: number, what it says, next."""
        call = _call_to_enter(request, slug)
        projects = list(queries.ballot_projects(call))
        initial = {"serial": request.GET.get("serial", "")}
        form = PaperForm(call, projects, request.POST or None, initial=initial)
        enter = partial(operations.enter_paper, actor=signed_in(request), call=call, at=clock.now())
        if form.accepted(
            lambda: enter(serial=form.cleaned_data["serial"], choices=form.cleaned_data["choices"])
        ):
            paper = form.made
            words = f"{paper.serial}: {ENTERED[PaperState(paper.state)]}"
            self.message_user(request, words, messages.SUCCESS)
            return redirect("admin:voting_enter_paper", slug)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Enter a paper ballot"),
            "call": call,
            "form": form,
            "projects": sorted(projects, key=lambda project: project.ballot_number.zfill(8)),
        }
        return TemplateResponse(request, "admin/voting/enter_paper.html", context)


def _call_to_enter(request: HttpRequest, slug: str) -> Call:
    call = get_object_or_404(Call.objects.public(), slug=slug)
    require(request.user, "enter_ballots", call)
    return call
