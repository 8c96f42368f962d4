"""The discussion of a project: reading, saying, mending, following."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_GET, require_POST

from civic.accounts.requests import AuthenticatedRequest, HtmxRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.policies import may
from projects.discussion import conditions, queries
from projects.discussion.forms import CommentForm, EditForm
from projects.discussion.models import Comment
from projects.discussion.operations import comments
from projects.discussion.queries import Order
from projects.proposals.models import Project


def visible_project(request: HttpRequest, slug: str) -> Project:
    """The project, if this person may see it; 404 otherwise."""
    return get_object_or_404(Project.objects.visible_to(request.user), slug=slug)


@access(PUBLIC)
@require_GET
def discussion(request: HtmxRequest, slug: str) -> HttpResponse:
    """A page of the discussion; by htmx only the list, to be put after the one before."""
    project = visible_project(request, slug)
    context = discussion_context(request, project)
    template = "discussion/_list.html" if request.htmx else "discussion/page.html"
    return render(request, template, context)


def discussion_context(
    request: HttpRequest, project: Project, form: CommentForm | None = None
) -> dict[str, Any]:
    """What the page of the discussion shows, with a form that did not go through where there is one."""
    wanted = request.GET.get("order", "")
    order = Order(wanted) if wanted in Order.values else Order.NEWEST
    after, at = request.GET.get("after", ""), clock.now()
    found = queries.discussion(project, request.user, at, order=order, after=after)
    return {
        "project": project,
        "discussion": found,
        "orders": list(Order),
        "after": after,
        "closed": conditions.why_closed(project),
        "why_not": conditions.why_not_comment(request.user, project),
        "speaks_for": form.speaks_for if form else queries.speaks_for(request.user),
        "form": form,
    }


@access(PUBLIC)
@require_GET
def thread(request: HttpRequest, slug: str, comment: UUID) -> HttpResponse:
    """One exchange with all its replies."""
    project = visible_project(request, slug)
    entry, after = queries.thread(
        project, comment, request.user, clock.now(), after=request.GET.get("after", "")
    )
    context = {
        "project": project,
        "entry": entry,
        "next": after,
        "why_not": conditions.why_not_comment(request.user, project),
        "speaks_for": queries.speaks_for(request.user),
    }
    return render(request, "discussion/thread.html", context)


@access(SIGNED_IN)
@require_POST
def post(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Adds a comment or reply. What was typed comes back with what is wrong with it."""
    project = visible_project(request, slug)
    form = CommentForm(project, request.user, request.POST)
    post_it = partial(comments.post_comment, actor=request.user, project=project, at=clock.now())
    if not form.accepted(lambda: post_it(**form.cleaned_data)):
        return _not_posted(request, project, form)
    posted: Comment = form.made
    if request.htmx:
        context = {"entry": queries.one(posted.pk, request.user, clock.now()), "project": project}
        return render(request, "discussion/_posted.html", context | {"speaks_for": form.speaks_for})
    return redirect(posted)


def _not_posted(request: AuthenticatedRequest, project: Project, form: CommentForm) -> HttpResponse:
    if request.htmx:
        parent = form.cleaned_data.get("parent")
        context = {"project": project, "form": form, "parent": parent, "speaks_for": form.speaks_for}
        return render(request, "discussion/_composer.html", context)
    return render(request, "discussion/page.html", discussion_context(request, project, form), status=422)


def own_comment(request: HttpRequest, comment: UUID) -> Comment:
    """The actor's own comment on a project they may see; 404 for everybody else's."""
    own = Comment.objects.shown().filter(
        author=request.user.pk, project__in=Project.objects.visible_to(request.user)
    )
    return get_object_or_404(own.select_related("project"), pk=comment)


@access(SIGNED_IN)
class Edit(View):
    """Mending one's own comment while the window is open."""

    def get(self, request: AuthenticatedRequest, comment: UUID) -> HttpResponse:
        own = own_comment(request, comment)
        return self._page(request, own, EditForm(initial={"body": own.body}))

    def post(self, request: AuthenticatedRequest, comment: UUID) -> HttpResponse:
        own, form = own_comment(request, comment), EditForm(request.POST)
        edit = partial(comments.edit_comment, actor=request.user, comment=own, at=clock.now())
        if not form.accepted(lambda: edit(body=form.cleaned_data["body"])):
            return self._page(request, own, form, status=422)
        messages.success(request, _("Your comment is changed."))
        return redirect(own)

    def _page(
        self, request: AuthenticatedRequest, own: Comment, form: EditForm, status: int = 200
    ) -> HttpResponse:
        open_still = may(request.user, "edit", own) and own.is_editable(clock.now())
        context = {"comment": own, "form": form, "open": open_still}
        return render(request, "discussion/edit.html", context, status=status)


@access(SIGNED_IN)
class Delete(View):
    """Taking one's own comment back; asks first."""

    def get(self, request: AuthenticatedRequest, comment: UUID) -> HttpResponse:
        own = own_comment(request, comment)
        context = {
            "comment": own,
            "confirm": _("Take it back"),
            "cancel_href": own.get_absolute_url(),
            "kind": "danger",
        }
        return render(request, "discussion/delete.html", context)

    def post(self, request: AuthenticatedRequest, comment: UUID) -> HttpResponse:
        own = own_comment(request, comment)
        comments.delete_comment(actor=request.user, comment=own, at=clock.now())
        messages.success(request, _("Your comment is taken back."))
        return redirect(own)


@access(SIGNED_IN)
@require_POST
def follow(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Follows (`follow=yes`) or follows no longer."""
    project = visible_project(request, slug)
    wanted = request.POST.get("follow") == "yes"
    operation = comments.follow if wanted else comments.unfollow
    operation(actor=request.user, project=project, at=clock.now())
    if request.htmx:
        follows_now, followers = queries.following(request.user, project)
        context = {"project": project, "follows": follows_now, "followers": followers, "signed_in": True}
        return render(request, "discussion/_follow.html", context)
    messages.success(
        request, _("You follow this project.") if wanted else _("You no longer follow this project.")
    )
    return redirect(project)
