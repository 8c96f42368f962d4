"""Actions of the admin that call one operation a row and say what it answered."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ActionForm
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic.core import clock
from civic.core.errors import Refused


class ReasonForm(ActionForm):
    """An action with the reason that stays on record."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)


def act(
    desk: ModelAdmin[Any], request: HttpRequest, rows: Iterable[Any], operation: Callable[..., Any], name: str
) -> None:
    """Runs `operation(actor=, at=, <name>=row)` for each row; a refusal is shown and the others go on."""
    done = 0
    for row in rows:
        try:
            operation(actor=request.user, at=clock.now(), **{name: row})
            done += 1
        except Refused as refusal:
            desk.message_user(request, f"{row}: {refusal.detail}", messages.ERROR)
    if done:
        text = ngettext("%(count)s done.", "%(count)s done.", done) % {"count": done}
        desk.message_user(request, text, messages.SUCCESS)


def public_link(address: str) -> SafeString:
    """A link to the public page of a row."""
    return format_html('<a href="{}">{}</a>', address, _("Public page"))
