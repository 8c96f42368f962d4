"""The council's desk for proposals: what waits longest first, one page to decide on, and the making of a ballot."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from civic.accounts.requests import signed_in
from civic.core import clock, events
from civic.core.admin import OwnFilter, ReadOnlyAdmin
from civic.core.errors import Refused
from civic.core.forms import RefusalsMixin
from civic.core.money import Money
from civic.core.policies import may
from civic.core.staff_actions import StaffAction
from civic.core.templatetags.exchange import ago
from projects.calls.desk import GivenCallsMixin
from projects.calls.models import Call
from projects.proposals import operations, queries, readiness
from projects.proposals.fields import sections
from projects.proposals.forms.recipient import RecipientForm
from projects.proposals.models import Project
from projects.proposals.states import ProjectState

answer = partial(StaffAction, thing="project", permission=("run_any", Call))
VERBS: dict[str, Callable[..., Project]] = {
    "open": operations.open_project,
    "return": operations.return_for_changes,
    "reject": operations.reject,
}


class DecisionForm(RefusalsMixin, forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            ("open", _("Open it to everybody")),
            ("return", _("Return it for changes")),
            ("reject", _("Do not accept it")),
        ],
    )
    reason = forms.CharField(
        label=_("What the author reads"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "cols": 80}),
        help_text=_("Needed when you return or refuse it: say what to mend, plainly and kindly."),
    )


class Queue(OwnFilter):
    """Where it stands; the queue itself comes first."""

    title = _("queue")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("waits for us")), ("returned", _("waits for its author")), ("open", _("open"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Project]) -> QuerySet[Project]:
        states = {
            "waiting": ProjectState.SUBMITTED,
            "returned": ProjectState.RETURNED,
            "open": ProjectState.OPEN,
        }
        return queryset.filter(state=states[self.value()]) if self.value() in states else queryset  # type: ignore[index]


@admin.register(Project)
class ProjectAdmin(GivenCallsMixin, ReadOnlyAdmin):
    """The longest waiting first. Drafts are their authors' own and not shown."""

    call_path = "call"
    list_display = ("title", "call", "state", "waiting", "cost_shown", "versions", "page")
    list_filter = (Queue, "call", "theme")
    search_fields = ("title", "pitch")
    list_select_related = ("call",)
    actions = (
        answer(operations.return_for_changes, title=_("Return for changes")),
        answer(
            operations.reject,
            title=_("Do not accept"),
            explanation=_("The authors read your reason. This cannot be taken back."),
        ),
        answer(operations.open_project, title=_("Open to everybody")),
        answer(
            operations.name_organisation,
            title=_("Name who is paid"),
            form=RecipientForm,
            explanation=_(
                "The money of the project’s campaigns goes to this organisation. Everybody reads why."
            ),
        ),
    )

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """What waits for the city, the longest first; then the rest."""
        first = Case(
            When(state=ProjectState.SUBMITTED, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        return (first, "state_since")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Project]:
        projects = super().get_queryset(request).exclude(state=ProjectState.DRAFT)
        return projects.annotate(n_versions=Count("revisions"))

    def get_urls(self) -> list[Any]:
        ballot = path("ballot/<uuid:call>/", self.admin_site.admin_view(self.ballot), name="proposals_ballot")
        return [ballot, *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        """Everything that is needed to decide, and the decision."""
        project = self.get_object(request, object_id or "")
        if project is None or not self.has_view_permission(request, project):
            raise Http404
        decides = project.state == ProjectState.SUBMITTED and may(request.user, "review", project)
        form = DecisionForm(request.POST or None) if decides else None
        if form is not None and form.is_valid() and self._decided(request, project, form):
            return redirect(self._next(request))
        return render(request, "admin/proposals/review.html", self._context(request, project, form))

    def _decided(self, request: HttpRequest, project: Project, form: DecisionForm) -> bool:
        verb, reason = VERBS[form.cleaned_data["decision"]], form.cleaned_data["reason"]
        if not form.accepted(
            lambda: verb(actor=request.user, project=project, reason=reason, at=clock.now())
        ):
            return False
        self.message_user(request, _("%(project)s is decided.") % {"project": project}, messages.SUCCESS)
        return True

    def _next(self, request: HttpRequest) -> str:
        """The one that waits longest now, or the list."""
        waiting = (
            self.get_queryset(request).filter(state=ProjectState.SUBMITTED).order_by("state_since").first()
        )
        if waiting and may(request.user, "review", waiting):
            return reverse("admin:proposals_project_change", args=[waiting.pk])
        return reverse("admin:proposals_project_changelist")

    def _context(self, request: HttpRequest, project: Project, form: DecisionForm | None) -> dict[str, Any]:
        revisions = list(project.revisions.all()[:2])
        before = revisions[1] if len(revisions) > 1 else None
        return {
            **self.admin_site.each_context(request),
            "title": str(project),
            "opts": self.model._meta,
            "project": project,
            "form": form,
            "sections": sections(project),
            "points": readiness.checklist(project),
            "goals": project.goals.select_related("organisation"),
            "changes": queries.changes_between(before, revisions[0]) if revisions else [],
            "history": events.about(project).order_by("-seq")[:30],
        }

    def ballot(self, request: HttpRequest, call: Any) -> HttpResponse:
        """Shows what would stand on the ballot of a call, and makes it."""
        found = Call.objects.filter(pk=call).first()
        if found is None or not may(request.user, "shortlist", found):
            raise Http404
        if request.method == "POST":
            try:
                made = operations.shortlist(actor=signed_in(request), call=found, at=clock.now())
                self.message_user(
                    request, _("%(n)s projects are on the ballot.") % {"n": len(made)}, messages.SUCCESS
                )
                return redirect(found)
            except Refused as refusal:
                self.message_user(request, str(refusal.detail), messages.ERROR)
        projects = found.projects.filter(state=ProjectState.OPEN).order_by("opened_at", "id")
        waiting = found.projects.filter(state=ProjectState.SUBMITTED).count()
        context = {**self.admin_site.each_context(request), "opts": self.model._meta, "call": found}
        context |= {"title": _("Make the ballot"), "projects": projects, "waiting": waiting}
        return render(request, "admin/proposals/ballot.html", context)

    @admin.display(description=_("waiting"), ordering="state_since")
    def waiting(self, project: Project) -> SafeString | str:
        return ago(project.state_since) if project.state == ProjectState.SUBMITTED else ""

    @admin.display(description=_("cost"), ordering="cost_minor")
    def cost_shown(self, project: Project) -> Money | None:
        return project.cost

    @admin.display(description=_("versions"), ordering="n_versions")
    def versions(self, project: Any) -> int:
        return int(project.n_versions)
