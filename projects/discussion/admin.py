"""The moderators' queue: what waits, the worst and longest first, with the text in the list."""

from collections import defaultdict
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from civic.accounts.requests import signed_in
from civic.core import clock, events
from civic.core.admin import OwnFilter, ReadOnlyAdmin, WaitingFilter
from civic.core.policies import may, require
from civic.core.staff_actions import StaffAction
from projects.discussion.forms import DecisionForm
from projects.discussion.models import ModerationCase, Report
from projects.discussion.operations import moderation
from projects.discussion.rules import Category
from projects.discussion.states import WAITING, CaseState

URGENT = (Category.THREAT, Category.PRIVATE)


class Waiting(WaitingFilter):
    waiting = WAITING

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("reported", _("Reports")), ("appealed", _("Appeals")), ("all", _("Everything, decided too"))]


class ReportedFor(OwnFilter):
    """Cases with a report of this kind."""

    title = _("reported for")
    parameter_name = "reported_for"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Category.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[ModerationCase]) -> QuerySet[ModerationCase]:
        if not self.value():
            return queryset
        return queryset.filter(Exists(Report.objects.filter(case=OuterRef("pk"), category=self.value())))


class RuleForm(forms.Form):
    category = forms.ChoiceField(label=_("Rule"), choices=Category.choices)


def _decide(*, reason: str, **decision: Any) -> None:
    moderation.decide(facts=reason, **decision)


def _action(verb: str, title: Any, **more: Any) -> StaffAction:
    decide = partial(_decide, verb=verb)
    return StaffAction(decide, "case", title, permission=("moderate", "discussion"), name=verb, **more)


USUAL = _("Without a reason of your own the people concerned read the usual words.")
ACTIONS = (
    _action("keep", _("Keep"), reason="optional", explanation=USUAL),
    _action("hide", _("Hide for a rule"), reason="optional", form=RuleForm, explanation=USUAL),
    _action("uphold", _("Appeal: the decision stands")),
    _action("overturn", _("Appeal: undo the decision")),
)


@admin.register(ModerationCase)
class ModerationCaseAdmin(ReadOnlyAdmin):
    """Decisions go through operations: nothing is typed into rows."""

    list_display = ("what", "why", "since", "decide_at_once")
    list_display_links = None
    list_filter = (Waiting, ReportedFor)
    list_per_page = 50
    confirm_display = ("what", "why")
    export_display = ("what", "why", "state", "reported_at", "appealed_at")
    actions = ACTIONS
    change_list_template = "admin/discussion/queue.html"

    class Media:
        css = {"all": ["css/queue.css"]}
        js = ["js/queue.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModerationCase]:
        """Threats and private data first, then what has waited longest."""
        urgent = Exists(Report.objects.filter(case=OuterRef("pk"), category__in=URGENT))
        first = Case(When(urgent, then=Value(0)), default=Value(1), output_field=IntegerField())
        cases = ModerationCase.objects.with_things().prefetch_related("reports")
        return cases.annotate(first=first).order_by("first", "reported_at", "pk")

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("first", "reported_at", "pk")

    @admin.display(description=_("What was reported"))
    def what(self, case: ModerationCase) -> str:
        return render_to_string("admin/discussion/_what.html", {"case": case})

    @admin.display(description=_("Why"))
    def why(self, case: ModerationCase) -> str:
        grouped: dict[str, list[str]] = defaultdict(list)
        for report in case.reports.all():
            grouped[str(Category(report.category).label)].append(report.text)
        # At most two different ones of what reporters wrote.
        some = {
            label: [text for text in dict.fromkeys(texts) if text][:2] for label, texts in grouped.items()
        }
        reasons = [(label, len(texts), some[label]) for label, texts in grouped.items()]
        return render_to_string("admin/discussion/_why.html", {"reasons": reasons})

    @admin.display(description=_("Waiting"))
    def since(self, case: ModerationCase) -> str:
        return render_to_string("admin/discussion/_since.html", {"case": case})

    @admin.display(description=_("Decide"))
    def decide_at_once(self, case: ModerationCase) -> str:
        most = _most(case)
        context = {"case": case, "category": most, "label": Category(most).label if most else ""}
        return render_to_string("admin/discussion/_decide.html", context)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list; a button in a row decides that one case."""
        if request.method == "POST" and request.POST.get("at_once"):
            self._decide_at_once(request, request.POST["at_once"])
            return redirect(request.get_full_path())
        return super().changelist_view(request, extra_context)

    def _decide_at_once(self, request: HttpRequest, pressed: str) -> None:
        require(request.user, "moderate", "discussion")
        verb, _colon, rest = pressed.partition(":")
        key, _colon, category = rest.partition(":")
        cases = ModerationCase.objects.filter(pk=_uuid(key))
        for action in (one for one in ACTIONS if one.name == verb):
            for result in action.run(request.user, cases, reason="", category=category):
                if result.done:
                    self.message_user(request, _("1 case decided."), messages.SUCCESS)
                else:
                    self.message_user(request, f"“{result.row}”: {result.detail}", messages.ERROR)

    def get_urls(self) -> Any:
        case = path("<uuid:case>/case/", self.admin_site.admin_view(self.case_view), name="discussion_case")
        return [case, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """The admin's own links to a row lead to the page where it is decided."""
        return redirect("admin:discussion_case", _uuid(object_id))

    def case_view(self, request: HttpRequest, case: UUID) -> HttpResponse:
        """One case with its reports, earlier texts and history, and the form that decides it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = get_object_or_404(ModerationCase.objects.with_things(), pk=case)
        initial = {"text": found.comment.body if found.comment else "", "category": _most(found)}
        form = DecisionForm(found, request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid() and self._decided(request, found, form):
            # On to the case that has waited longest, or to the empty queue.
            following = ModerationCase.objects.waiting().order_by("reported_at").first()
            if following is None:
                return redirect("admin:discussion_moderationcase_changelist")
            return redirect("admin:discussion_case", following.pk)
        return TemplateResponse(request, "admin/discussion/case.html", self._page(request, found, form))

    def _decided(self, request: HttpRequest, case: ModerationCase, form: DecisionForm) -> bool:
        require(request.user, "moderate", "discussion")
        decide = partial(moderation.decide, actor=signed_in(request), case=case, at=clock.now())
        if not form.accepted(lambda: decide(**form.cleaned_data)):
            return False
        self.message_user(request, _("Decided. This is the next one."), messages.SUCCESS)
        return True

    def _page(self, request: HttpRequest, case: ModerationCase, form: DecisionForm) -> dict[str, Any]:
        review = case.state == CaseState.APPEALED
        verb = "review" if review else "decide"
        return {
            **self.admin_site.each_context(request),
            "title": _("Appeal") if review else _("Report"),
            "opts": self.opts,
            "media": self.media,
            "case": case,
            "form": form,
            "reports": case.reports.select_related("reporter").order_by("reported_at"),
            "revisions": case.comment.revisions.all() if case.comment else [],
            "history": events.about(case),
            "may": may(request.user, verb, case) and case.state in WAITING,
        }


def _most(case: ModerationCase) -> str:
    """What the case is reported for most; reads prefetched reports."""
    categories = [report.category for report in case.reports.all()]
    return max(categories, key=categories.count, default="")


def _uuid(text: str) -> UUID:
    """A key from an address or a button; one that is none finds nothing."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
