"""Bulk actions of the council's desk that ask for a reason, then call one operation for each row."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.core import clock
from civic.core.errors import Refused, Text


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5, "cols": 80})
    )


def with_reason(operation: Callable[..., Any], thing: str, title: Text) -> Callable[..., HttpResponse | None]:
    """An action that applies `operation(actor=, <thing>=row, reason=, at=)` to what is ticked."""

    @admin.action(description=title)
    def action(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            apply(request, operation, thing, rows, form.cleaned_data["reason"])
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
        return render(request, "admin/calls/reason.html", context)

    # Django's admin tells actions apart by this name.
    action.__name__ = operation.__name__
    return action


def apply(request: HttpRequest, operation: Callable[..., Any], thing: str, rows: Any, reason: str) -> None:
    """The operation for each row; one that is refused says why, the others go on."""
    at = clock.now()
    for row in rows:
        try:
            done = operation(actor=request.user, reason=reason, at=at, **{thing: row})
            messages.success(
                request, _("%(row)s: %(state)s.") % {"row": row, "state": done.get_state_display()}
            )
        except Refused as refusal:
            messages.error(request, f"{row}: {refusal.detail}")
