"""Actions that call one operation a row and say what it answered."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ActionForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic.core import clock
from civic.core.admin import ReadOnlyAdmin
from civic.core.errors import Refused


class ReasonForm(ActionForm):
    """An action with the reason that stays on record."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)


class Desk(ReadOnlyAdmin):
    """Rows to read; what may be done with them are actions. Operations check who may."""

    show_full_result_count = False

    def act(
        self, request: HttpRequest, rows: Iterable[Any], operation: Callable[..., Any], name: str, **more: Any
    ) -> None:
        """Runs `operation(actor=, at=, <name>=row)` for each row; a refusal is shown and the others go on."""
        done = 0
        for row in rows:
            try:
                operation(actor=request.user, at=clock.now(), **{name: row}, **more)
                done += 1
            except Refused as refusal:
                self.message_user(request, f"{row}: {refusal.detail}", messages.ERROR)
        if done:
            self.message_user(
                request, ngettext("%(n)s done.", "%(n)s done.", done) % {"n": done}, messages.SUCCESS
            )


def reason_of(request: HttpRequest) -> str:
    """What was typed beside the action."""
    return request.POST.get("reason", "")
