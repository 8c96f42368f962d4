"""What every page of the council's desk is made of."""

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst, slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from civic.core import clock, csv_tables, events
from civic.core.errors import Refused
from civic.core.forms import RefusalsMixin
from civic.core.list_columns import columns, table
from civic.core.models import Event
from civic.core.policies import Thing, may
from civic.core.staff_actions import StaffAction, outcome_of

HISTORY = 200  # events of a row on one page
# What Django's filters put behind the name of their column.
# PostgreSQL and Python know no other years; Django asks for whichever it is given.
YEARS = range(1, 10_000)
FILTER_SUFFIX = re.compile(r"(__(id|pk))?__(exact|in|isnull|isempty|gte|lt|year|month|day)$")


class OwnFilter(admin.SimpleListFilter):
    """A filter of a list by words of its own; an address with another word gets Django's page for such an address.

    Silently it would show what is shown without a choice, as if that were what was asked for.
    """

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(request, *args)
        if self.value() not in (None, *(str(word) for word, _words in self.lookup_choices)):
            raise IncorrectLookupParameters(self.value())


class WaitingFilter(OwnFilter):
    """What is to be done: rows in one state, or all; without a choice, what is in a state of `waiting`."""

    title = _("what to do")
    parameter_name = "show"
    waiting: ClassVar[Sequence[str]]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": _("All that waits")}, *others]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "all":
            return queryset
        return queryset.filter(state__in=[self.value()] if self.value() else self.waiting)


class StaffAdmin(admin.ModelAdmin):
    """A list of the desk: `actions` made by `StaffAction`, offered to whom they are permitted; its export as CSV.

    Nothing is deleted at the desk: what is over has a state that says so. Whatever is saved goes through an
    operation, and its refusal comes back on the form.
    """

    show_full_result_count = False
    # Columns of the page that asks before an action runs, and of the export, where they are not those of the list.
    confirm_display: tuple[str, ...] = ()
    export_display: tuple[str, ...] = ()
    export_order = "pk"  # or another column without equal values
    # What is asked where a row is added, if that is not what the row's own page asks.
    entry_form: Any = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """Only the list's own filters and the row's key.

        Django takes any column: whoever may see people could ask for a password's hash letter by letter.
        """
        if lookup.endswith("__year") and not (value.isdecimal() and int(value[:9]) in YEARS):
            return False
        wanted = FILTER_SUFFIX.sub("", lookup)
        known: set[Any] = {self.date_hierarchy, "pk", self.opts.pk.name}
        for one in self.get_list_filter(request):
            known.add(getattr(one, "parameter_name", one[0] if isinstance(one, tuple) else one))
        return wanted in known and super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Rows with a page on the site, with whether the reader may see that."""
        rows = super().get_queryset(request)
        seen = (
            getattr(self.model._default_manager, "visible_to", None) if "page" in self.list_display else None
        )
        return rows.annotate(on_site=Exists(seen(request.user).filter(pk=OuterRef("pk")))) if seen else rows

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Only what this person may do: a menu that then refuses is none."""
        offered: dict[str, Any] = super().get_actions(request)
        refused = [
            name
            for name, (action, *_words) in offered.items()
            if isinstance(action, StaffAction) and not action.permits(request.user)
        ]
        return {name: entry for name, entry in offered.items() if name not in refused}

    def response_action(self, request: HttpRequest, queryset: Any, *args: Any) -> Any:
        """Answers 400 to rows that can't be: Django's own page would fail on a key that is none."""
        try:
            for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.to_python(key)
        except ValidationError as error:
            raise BadRequest(str(error)) from error
        return super().response_action(request, queryset, *args)

    def get_urls(self) -> list[Any]:
        stem = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("export/", wrap(require_POST(self.export_view)), name=f"{stem}_export"),
            path("outcome/", wrap(self.outcome_view), name=f"{stem}_outcome"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list under its own name, with the way to its export."""
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_export")
        named = {"title": capfirst(self.opts.verbose_name_plural), "export_address": address}
        return super().changelist_view(request, {**named, **(extra_context or {})})

    def export_view(self, request: HttpRequest) -> Any:
        """The list as it is filtered, as CSV.

        That it was taken away is recorded, of every list: which of them name people is nothing to forget one day.
        Hence it is posted: reading alone writes no event.
        """
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            changelist = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        at = clock.now()
        # Which filters, but not what was searched for: that may be somebody's name, and payloads hold none.
        payload = {"list": self.opts.label, "rows": changelist.result_count, "filters": sorted(request.GET)}
        person: Any = request.user
        events.record("list.exported", actor=person, subject=person, at=at, payload=payload)
        shown = columns(self, self.export_display or self.get_list_display(request))
        name = f"{slugify(str(self.opts.verbose_name_plural))}-{localdate(at)}"
        return csv_tables.download(table(shown, changelist.queryset, self.export_order), name, office=True)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """What council staff did with the row, as the event log has it: nothing is written to Django's own log.

        What others did is left out: a reader of this list need not be somebody who may know that.
        """
        staff: Any = get_user_model().objects.filter(is_staff=True)
        told = Event.objects.filter(subject_type=self.opts.label, subject_id=unquote(object_id))
        told = told.filter(actor__in=staff.values("pk")).order_by("-seq")[:HISTORY]
        names = staff.in_bulk({event.actor for event in told})
        rows = [(event, names[event.actor]) for event in told]
        return super().history_view(request, object_id, {**(extra_context or {}), "told": rows})

    def outcome_view(self, request: HttpRequest) -> HttpResponse:
        """Row by row what the last action came to, with what was typed for those that are tried again."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        outcome = outcome_of(self, request)
        if outcome is None:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **outcome}
        return render(request, "admin/core/outcome.html", context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        added = obj is None and self.entry_form is not None
        form = self.entry_form if added else super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return _refused(form, refusal) if refusal else form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A refusal undoes the whole save and comes back on the form, with everything that was typed."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def page_address(self, row: Any) -> str:
        """Where the row is shown on the site; empty where it is not."""
        return str(row.get_absolute_url())

    @admin.display(description=_("page"))
    def page(self, row: Any) -> str:
        """The way to the site, for `list_display`; an export has the whole address."""
        address = self.page_address(row) if getattr(row, "on_site", True) else ""
        return format_html('<a href="{}">{}</a>', address, _("Open")) if address else "–"


class ReadOnlyAdmin(StaffAdmin):
    """Rows that are written by operations and never by hand."""

    actions: Sequence[Callable[..., Any] | str] | None = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OperationAdmin(ReadOnlyAdmin):
    """Rows of which one can be added by one operation: `entry_form` asks, `enter` makes the row."""

    # The verb and the thing of the policy that says who adds one.
    entry_permission: tuple[str, Thing]

    def enter(self, request: HttpRequest, cleaned: dict[str, Any]) -> Any:
        """Calls the operation and returns its row."""
        raise NotImplementedError

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, *self.entry_permission)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None:
            return super().get_fieldsets(request, obj)
        return [(None, {"fields": list(self.entry_form.base_fields)})]

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return self.enter(request, form.cleaned_data)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The operation has written it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """There is nothing beside it."""


def _refused(form: type[forms.ModelForm[Any]], refusal: Refused) -> type[forms.ModelForm[Any]]:
    """The form that says, whatever is typed in it, why the operation refused it."""

    class RefusedForm(RefusalsMixin, form):  # type: ignore[valid-type, misc]
        def clean(self) -> None:
            super().clean()
            with self.refusals():
                raise refusal

    return RefusedForm
