"""What this slice shows on the pages of others: the editors' text on a call's page."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic.core.panels import Panel
from civic.pages.live import Live
from civic.pages.models import CallPage
from projects.calls import call_page
from projects.calls.models import Call

BEFORE_THE_PROJECTS = 15


def editorial(call: Call, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The published text about this call; None where there is none."""
    page = CallPage.objects.live().filter(call=call).first()
    if page is None or not page.body:
        return None
    return {"page": page, "live": Live([page.body], at)}


call_page.panels.register(
    Panel(BEFORE_THE_PROJECTS, "editorial", _("About this call"), "pages/_call_body.html", editorial)
)
