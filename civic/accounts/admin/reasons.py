"""Bulk actions of the admin that ask for a reason first and then call one operation for each row."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic.accounts.forms import ReasonForm
from civic.core import clock
from civic.core.errors import Refused, Text

Action = Callable[[Any, HttpRequest, QuerySet[Any]], HttpResponse | None]


def with_reason(operation: Callable[..., Any], thing: str, title: Text, *, permission: str) -> Action:
    """An action that applies `operation(actor=, <thing>=row, reason=, at=)` to what is ticked."""

    @admin.action(description=title, permissions=[permission])
    def action(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid() and form.cleaned_data["reason"].strip():
            _apply(request, operation, thing, rows, form.cleaned_data["reason"])
            return None
        if form.is_bound:
            form.add_error("reason", _("Say why."))
        context = {
            **model_admin.admin_site.each_context(request),
            "title": title,
            "opts": model_admin.model._meta,
            "form": form,
            "rows": rows,
            "action": request.POST["action"],
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return render(request, "admin/accounts/reason.html", context)

    # Django's admin tells actions apart by this name.
    action.__name__ = operation.__name__
    return action


def _apply(
    request: HttpRequest, operation: Callable[..., Any], thing: str, rows: QuerySet[Any], reason: str
) -> None:
    done, at = 0, clock.now()
    for row in rows:
        try:
            operation(actor=request.user, reason=reason, at=at, **{thing: row})
            done += 1
        except Refused as refusal:
            messages.warning(request, f"{row}: {refusal.detail}")
    if done:
        messages.success(request, ngettext("%(n)s is done.", "%(n)s are done.", done) % {"n": done})
