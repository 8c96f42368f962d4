"""What the desk of match funds and payouts is made of: rows to read, verbs as actions, forms that call operations."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import ngettext

from civic.core import clock
from civic.core.admin import ReadOnlyAdmin
from civic.core.errors import Refused


def verb(operation: Callable[..., Any], thing: str, title: Any) -> Any:
    """An action that applies `operation(actor=, <thing>=row, at=)` to each row; a refusal is shown, others go on."""

    @admin.action(description=title, permissions=["view"])
    def action(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> None:
        done, at = 0, clock.now()
        for row in rows:
            try:
                operation(actor=request.user, at=at, **{thing: row})
                done += 1
            except Refused as refusal:
                messages.warning(request, f"{row}: {refusal.detail}")
        if done:
            messages.success(request, ngettext("%(n)s is done.", "%(n)s are done.", done) % {"n": done})

    # Django's admin tells actions apart by this name.
    action.__name__ = operation.__name__
    return action


class Desk(ReadOnlyAdmin):
    """Rows to read. What is added goes through `enter`; what may be done are actions, for those who may `act`."""

    show_full_result_count = False
    actions: Any = ()

    def may_act(self, request: HttpRequest) -> bool:
        """Whether this person does more than read."""
        return False

    def get_actions(self, request: HttpRequest) -> Any:
        return super().get_actions(request) if self.may_act(request) else {}


class Entering:
    """For a desk where something can be added by one operation: `enter(request, cleaned)` makes the row."""

    entry_form: Any

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_act(request)  # type: ignore[attr-defined]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            return self.entry_form
        return super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return [(None, {"fields": list(self.entry_form.base_fields)})]
        return super().get_fieldsets(request, obj)  # type: ignore[misc]

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return self.enter(request, form.cleaned_data)  # type: ignore[attr-defined]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The operation has written it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """There is nothing beside it."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A refusal undoes the whole and comes back as a message."""
        try:
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]
        except Refused as refusal:
            messages.error(request, str(refusal.detail))
            return redirect(request.get_full_path())
