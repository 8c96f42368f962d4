"""The public pages of the city's calls."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from civic.accounts.roles import in_group
from civic.core import clock
from civic.core.access import PUBLIC, access
from projects.calls import call_page, queries, words
from projects.calls.models import Call


@access(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All calls: what runs now, what comes, what is decided."""
    at = clock.now()
    cards = [words.card(call, at) for call in queries.public_calls()]
    running = [card for card in cards if card["running"]]
    others = [card for card in cards if not card["running"]]
    return render(request, "calls/index.html", {"running": running, "others": others})


@access(PUBLIC)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One call: where it stands, what there is, who may take part, how votes are counted, what to do now."""
    at = clock.now()
    calls = Call.objects.visible_to(request.user).prefetch_related("phases", "areas")
    call = get_object_or_404(calls, slug=slug)
    phase = call.phase_at(at)
    left = ""
    if phase:
        days = (phase.ends_at - at).days
        left = ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days} if days else _("ends today")
    panels = call_page.panels.bind(call, request.user, at)
    context = {
        "call": call,
        "phase": phase,
        "badge": words.badge(call, at),
        "next_phase": call.next_phase(at),
        "left": left,
        "steps": words.steps(call, at),
        "action": call_page.action(call, request.user, at) or words.nothing_to_do(call, at),
        "who_votes": words.who_votes(call),
        "how_voted": words.how_voted(call),
        "how_counted": words.how_counted(call),
        "sections": [one for one in panels if not one.panel.side],
        "boxes": [one for one in panels if one.panel.side],
        "staff": in_group(request.user, "programme-managers"),
    }
    return render(request, "calls/show.html", context)
