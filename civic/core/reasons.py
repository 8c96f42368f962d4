"""Bulk actions of the council's desk that ask for a reason, then call one operation for each row."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy, ngettext

from civic.core import clock
from civic.core.errors import Refused

Action = Callable[[Any, HttpRequest, QuerySet[Any]], HttpResponse | None]


class ReasonForm(forms.Form):
    """Why staff did something; whoever it was done to reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "cols": 80}),
        error_messages={"required": gettext_lazy("Say why.")},
    )


def with_reason(operation: Callable[..., Any], thing: str, title: Any, *, permission: str = "view") -> Action:
    """An action that applies `operation(actor=, <thing>=row, reason=, at=)` to what is ticked.

    `permission` is the admin's own gate for offering it (`has_<permission>_permission`); whether the
    person may do it to this row, the operation says.
    """

    @admin.action(description=title, permissions=[permission])
    def action(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            _apply(request, operation, thing, rows, form.cleaned_data["reason"])
            return None
        context = {
            **model_admin.admin_site.each_context(request),
            "title": title,
            "opts": model_admin.model._meta,
            "form": form,
            "rows": rows,
            "action": request.POST["action"],
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return render(request, "admin/core/reason.html", context)

    # Django's admin tells actions apart by this name.
    action.__name__ = operation.__name__
    return action


def _apply(
    request: HttpRequest, operation: Callable[..., Any], thing: str, rows: QuerySet[Any], reason: str
) -> None:
    """The operation for each row; one that is refused says why, the others go on."""
    done, at = 0, clock.now()
    for row in rows:
        try:
            operation(actor=request.user, reason=reason, at=at, **{thing: row})
            done += 1
        except Refused as refusal:
            messages.warning(request, f"{row}: {refusal.detail}")
    if done:
        messages.success(request, ngettext("%(n)s is done.", "%(n)s are done.", done) % {"n": done})
