"""The public page of a project, its drawn cover, its changes, and the support button."""

import hashlib
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.policies import may
from projects.proposals import conditions, covers, operations, project_page, queries, stages
from projects.proposals.models import Project, ProjectRevision
from projects.proposals.states import PRIVATE

MOST_REVISIONS = 20
# A drawing of ours that a browser opens on its own: nothing in it runs, nobody frames it.
DRAWING_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@access(PUBLIC)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about one project: what it is, where it stands, and the one thing to do now."""
    at = clock.now()
    try:
        project = queries.project_page(slug, request.user, project_page.panels.columns())
    except Project.DoesNotExist:
        return _note_where_hidden(request, slug)
    return render(request, "proposals/show.html", _context(request, project, at))


def _note_where_hidden(request: HttpRequest, slug: str) -> HttpResponse:
    """A hidden project leaves a note with the house rule; anything else is not found."""
    rule = Project.objects.hidden().filter(slug=slug).values_list("hidden_for", flat=True).first()
    if rule is None:
        raise Http404
    return render(request, "proposals/hidden.html", {"hidden_for": rule}, status=410)


def _context(request: HttpRequest, project: Project, at: datetime) -> dict[str, Any]:
    panels = project_page.panels.bind(project, request.user, at)
    mine = may(request.user, "edit", project)
    private = project.state in PRIVATE
    cover = queries.cover_of(project)
    return {
        "project": project,
        "sections": [one for one in panels if not one.panel.side],
        "boxes": [one for one in panels if one.panel.side],
        "steps": stages.steps(project),
        "action": stages.action(project, request.user, mine=mine, at=at),
        "mine": mine,
        "private": private,
        "notes": list(queries.review_notes(project)[:3]) if private else [],
        "address": request.build_absolute_uri(project.get_absolute_url()),
        "cover": cover,
        "shared_picture": request.build_absolute_uri(cover.full) if project.photos else "",  # type: ignore[attr-defined]
        "phase": project.call.phase_at(at),
        "trail": [
            (_("Projects"), reverse("proposals:browse")),
            (project.call.title, project.call.get_absolute_url()),
        ],
        "can_edit": mine and conditions.editable(project),
        "frozen": conditions.frozen(project),
        "can_cancel": mine and project.can("cancel") and not project.ballot_number,
    }


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)
def cover(request: HttpRequest, key: UUID, theme: str) -> HttpResponse:
    """The drawn cover; a pure function of its address, so that nobody need ask twice or be allowed anything."""
    drawn = covers.draw(key, theme)
    tag = f'"{hashlib.sha256(drawn.encode()).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    headers = {"ETag": tag, "Content-Security-Policy": DRAWING_POLICY}
    return HttpResponse(drawn, content_type="image/svg+xml", headers=headers)


@access(PUBLIC)
@require_safe
def cover_of(request: HttpRequest, slug: str) -> HttpResponse:
    """The cover by the project's own address; goes on to where it may be kept for ever."""
    project = Project.objects.visible_to(request.user).filter(slug=slug).only("id", "theme").first()
    if project is None:
        raise Http404
    return redirect(project.drawn_cover)


@access(PUBLIC)
@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed from version to version; of a project that is not open yet, only its team and the city see it."""
    project = queries.to_support(slug, request.user)
    if project is None:
        raise Http404
    found = list(_revisions_for(request.user, project)[:MOST_REVISIONS])
    entries = [
        (revision, queries.changes_between(before, revision)) for revision, before in pairwise([*found, None])
    ]
    withdrawable = project.supported and conditions.withdrawable(project)  # type: ignore[attr-defined]
    context = {"project": project, "entries": entries, "withdrawable": withdrawable}
    return render(request, "proposals/changes.html", context)


def _revisions_for(actor: Any, project: Project) -> Any:
    """Everybody sees from the last revision before it was opened; who wrote or reviews it sees all."""
    revisions = ProjectRevision.objects.filter(project=project).order_by("-number")
    if may(actor, "edit", project) or may(actor, "review", project) or project.opened_at is None:
        return revisions
    reviewed = revisions.filter(made_at__lte=project.opened_at).values_list("number", flat=True).first()
    return revisions.filter(number__gte=reviewed or 0)


@access(SIGNED_IN)
@require_POST
def support(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Supports, or with `withdraw` takes it back; at most six statements in all."""
    project = queries.to_support(slug, request.user)
    if project is None:
        raise Http404
    at, wanted = clock.now(), "withdraw" not in request.POST
    verb = operations.support if wanted else operations.withdraw_support
    verb(actor=request.user, project=project, at=at)
    if not request.htmx:
        return redirect(f"{project.get_absolute_url()}#support")
    queries.as_supported(project, wanted)
    offered = wanted or conditions.supportable(project)
    return render(request, "proposals/_support.html", {"project": project, "offered": offered})
