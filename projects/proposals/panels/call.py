"""What a call's page shows of its projects, and how one proposes there."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.core.panels import Panel
from civic.core.policies import may
from projects.calls import call_page
from projects.calls.call_page import Action, Offer
from projects.calls.models import Call
from projects.calls.states import CallState, PhaseKind
from projects.proposals.models import Project
from projects.proposals.queries import cards

SHOWN = 6


def projects(call: Call, actor: Any, at: datetime) -> dict[str, Any]:
    """The newest projects of the call, and how many there are."""
    found = list(cards(Project.objects.listed()).filter(call=call).order_by("-opened_at", "-id")[: SHOWN + 1])
    return {
        "projects": found[:SHOWN],
        "more": len(found) > SHOWN,
        "all": f"{reverse('proposals:browse')}?call={call.slug}",
    }


def for_the_council(call: Call, actor: Any, at: datetime) -> dict[str, Any] | None:
    """Where staff make the ballot, while that is still possible."""
    if (
        not actor.is_authenticated
        or not actor.is_staff
        or call.state != CallState.OPEN
        or call.voting_began(at)
    ):
        return None
    return {"call": call} if may(actor, "shortlist", call) else None


def propose(call: Call, actor: Any, at: datetime) -> Action:
    """The step while a call takes proposals."""
    return Action(
        text=_("Propose a project"),
        href=f"{reverse('proposals:start')}?call={call.slug}",
        note=_("A draft saves itself at every step; nobody sees it before you hand it in."),
    )


def wait_for_review(call: Call, actor: Any, at: datetime) -> Action:
    """The step while the city reviews, with how far it is."""
    reviewed = Project.objects.filter(call=call).aggregate(
        all=Count("pk", filter=~Q(submitted_at=None)), open=Count("pk", filter=~Q(opened_at=None))
    )
    return Action(
        text=_("Read the projects"),
        href=f"{reverse('proposals:browse')}?call={call.slug}",
        note=_("%(open)s of %(all)s projects are reviewed so far.") % reviewed,
    )


call_page.panels.register(
    Panel(50, "projects", gettext_lazy("Projects in this call"), "proposals/panels/of_call.html", projects),
    Panel(
        90,
        "council",
        gettext_lazy("For the council"),
        "proposals/panels/council.html",
        for_the_council,
        side=True,
    ),
)
call_page.offers.register(Offer(PhaseKind.PROPOSALS, propose), Offer(PhaseKind.REVIEW, wait_for_review))
