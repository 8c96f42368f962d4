"""The council's desk for calls: write, plan, open and close, with reasons."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.admin import StaffAdmin
from civic.core.errors import Invalid
from civic.core.policies import may
from civic.core.staff_actions import StaffAction
from projects.calls import operations
from projects.calls.desk import GivenCallsMixin
from projects.calls.forms import CallForm
from projects.calls.models import Call, Phase
from projects.calls.operations import Planned
from projects.calls.states import CallState


class PhaseForms(BaseInlineFormSet):
    """Phases of one call; says which two overlap before the database has to."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        try:
            operations.check_plan(self.planned())
        except Invalid as refusal:
            raise ValidationError(str(refusal.detail)) from None

    def planned(self) -> list[Planned]:
        """The phases that should be there afterwards."""
        rows = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        return [Planned(row["kind"], row["starts_at"], row["ends_at"]) for row in rows if row.get("kind")]

    def validate_unique(self) -> None:
        """Two phases of a kind overlap or are out of order; `check_plan` says so in plain words."""


class PhaseForm(forms.ModelForm):
    class Meta:
        model = Phase
        fields = ("kind", "starts_at", "ends_at")

    def validate_constraints(self) -> None:
        """They are about all phases together; the formset looks at them."""


class PhaseInline(admin.TabularInline):
    model = Phase
    form = PhaseForm
    formset = PhaseForms
    extra = 1
    max_num = 5


step = partial(StaffAction, thing="call", permission=("run_any", Call), sensitive=True)


@admin.register(Call)
class CallAdmin(GivenCallsMixin, StaffAdmin):
    """Everything goes through the operations; a refusal is shown on the form and changes nothing."""

    call_path = "pk"
    list_display = ("title", "state", "now", "projects_count", "page")
    list_filter = ("state",)
    search_fields = ("title", "summary")
    readonly_fields = ("state", "page")
    prepopulated_fields = {"slug": ("title",)}
    filter_horizontal = ("areas",)
    form = CallForm
    inlines = (PhaseInline,)
    actions = (
        step(
            operations.open_call,
            title=_("Open"),
            explanation=_("Everybody sees the call, and it goes through its phases by itself."),
        ),
        step(operations.close_call, title=_("Close"), explanation=_("For calls without a vote.")),
        step(
            operations.call_off,
            title=_("Call off"),
            explanation=_("The call and all of its projects end, and everybody whom it concerns reads why."),
        ),
    )
    fieldsets = (
        (None, {"fields": ("title", "slug", "state", "page", "summary", "description", "theme", "picture")}),
        (
            _("Proposals"),
            {"fields": ("eligibility_note", "advice", "project_cost_min_minor", "project_cost_max_minor")},
        ),
        (
            _("Vote (fixed once voting begins)"),
            {
                "fields": (
                    ("budget_minor", "currency"),
                    ("eligibility", "minimum_age"),
                    "areas",
                    ("ballot_kind", "ballot_max"),
                    ("tally_rule", "completion"),
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Call]:
        calls = super().get_queryset(request).prefetch_related("phases")
        return calls.annotate(n_projects=Count("projects"))

    def has_change_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        return may(request.user, "edit", obj) if obj else may(request.user, "run_any", Call)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "create", Call)

    def get_readonly_fields(self, request: HttpRequest, obj: Call | None = None) -> tuple[str, ...]:
        """What voters rely on is read-only from the moment voting begins.

        Asked once a request: a form that was refused because voting has just begun still shows what was typed.
        """
        if not hasattr(request, "rules_fixed"):
            request.rules_fixed = obj is not None and obj.voting_began(clock.now())  # type: ignore[attr-defined]
        fixed = (*operations.RULES, "areas") if request.rules_fixed else ()  # type: ignore[attr-defined]
        return (*self.readonly_fields, *fixed)

    def save_model(self, request: HttpRequest, obj: Call, form: Any, change: bool) -> None:
        verb = operations.edit_call if change else operations.create_call
        verb(actor=signed_in(request), call=obj, at=clock.now())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The areas by their verb, which tells of them; the form finds nothing more to change."""
        if "areas" in form.cleaned_data:
            areas = form.cleaned_data["areas"]
            operations.set_areas(actor=signed_in(request), call=form.instance, areas=areas, at=clock.now())
        super().save_related(request, form, formsets, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """The plan as a whole, since phases move together."""
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        plan = formset.planned()
        operations.set_phases(actor=signed_in(request), call=form.instance, phases=plan, at=clock.now())

    @admin.display(description=_("now"))
    def now(self, call: Call) -> str:
        phase = call.phase_at(clock.now())
        return str(phase.get_kind_display()) if phase else "–"

    @admin.display(description=_("projects"), ordering="n_projects")
    def projects_count(self, call: Any) -> int:
        return int(call.n_projects)

    def page_address(self, row: Call) -> str:
        return "" if row.state == CallState.DRAFT and not row.slug else row.get_absolute_url()
