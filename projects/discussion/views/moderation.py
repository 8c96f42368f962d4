"""Reporting, reading a decision, appealing, and how moderation works here."""

from functools import partial
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_GET

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.policies import may
from projects.discussion import limits, transparency
from projects.discussion.forms import AppealForm, ReportForm
from projects.discussion.models import Comment, ModerationCase
from projects.discussion.operations import moderation
from projects.proposals.models import Project


@access(PUBLIC)
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """The house rules, how decisions are made, and the figures of the last twelve months."""
    return render(request, "discussion/moderation.html", {"figures": transparency.figures(clock.now())})


class Report(View):
    """Says that something breaks a rule. Open to everybody; signed-out people leave an address."""

    def thing(self, request: HttpRequest, **where: Any) -> Comment | Project:
        raise NotImplementedError

    def get(self, request: HttpRequest, **where: Any) -> HttpResponse:
        thing = self.thing(request, **where)
        return self._page(request, thing, ReportForm(signed_in=request.user.is_authenticated))

    def post(self, request: HttpRequest, **where: Any) -> HttpResponse:
        thing = self.thing(request, **where)
        form = ReportForm(request.POST, signed_in=request.user.is_authenticated)
        if not form.accepted(lambda: self._report(request, thing, form)):
            return self._page(request, thing, form, status=422)
        messages.success(
            request, _("Thank you. A moderator will read your report, and we will tell you the decision.")
        )
        return redirect(thing)

    def _report(self, request: HttpRequest, thing: Comment | Project, form: ReportForm) -> None:
        at, actor = clock.now(), request.user if request.user.is_authenticated else None
        address = get_adapter().get_client_ip(request)
        origin = "" if actor else limits.origin_of(address, at)
        moderation.report(actor=actor, thing=thing, at=at, origin=origin, **form.cleaned_data)

    def _page(
        self, request: HttpRequest, thing: Comment | Project, form: ReportForm, status: int = 200
    ) -> HttpResponse:
        context = {"thing": thing, "comment": thing if isinstance(thing, Comment) else None, "form": form}
        return render(request, "discussion/report.html", context, status=status)


@access(PUBLIC)
class ReportComment(Report):
    """A comment that everybody can read."""

    def thing(self, request: HttpRequest, **where: Any) -> Comment:
        shown = Comment.objects.shown().filter(project__in=Project.objects.visible_to(request.user))
        return get_object_or_404(shown.select_related("project", "author"), pk=where["comment"])


@access(PUBLIC)
class ReportProject(Report):
    """A project that everybody can see."""

    def thing(self, request: HttpRequest, **where: Any) -> Project:
        return get_object_or_404(Project.objects.public(), slug=where["slug"])


@access(SIGNED_IN)
class Case(View):
    """A decision with its reasons, for whom it concerns; the appeal stands below it."""

    def get(self, request: AuthenticatedRequest, case: UUID) -> HttpResponse:
        return self._page(request, self._case(request, case), AppealForm())

    def post(self, request: AuthenticatedRequest, case: UUID) -> HttpResponse:
        found, form = self._case(request, case), AppealForm(request.POST)
        appeal = partial(moderation.appeal, actor=request.user, case=found, at=clock.now())
        if not form.accepted(lambda: appeal(text=form.cleaned_data["text"])):
            return self._page(request, found, form, status=422)
        messages.success(
            request, _("Your appeal is in. Another moderator will decide, and we will tell you.")
        )
        return redirect(found)

    def _case(self, request: AuthenticatedRequest, case: UUID) -> ModerationCase:
        return get_object_or_404(ModerationCase.objects.visible_to(request.user).with_things(), pk=case)

    def _page(
        self, request: AuthenticatedRequest, case: ModerationCase, form: AppealForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "case": case,
            "form": form,
            "may_appeal": case.is_appealable(clock.now()) and may(request.user, "appeal", case),
            "reads_all": may(request.user, "read_text", case),
        }
        return render(request, "discussion/case.html", context, status=status)
