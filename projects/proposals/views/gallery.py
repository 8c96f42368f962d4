"""The step with the pictures."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from projects.proposals import conditions, operations
from projects.proposals.forms.steps import PictureForm, PictureTextForm
from projects.proposals.models import Project
from projects.proposals.views.wizard import own_project, step_url, wizard_context


@access(SIGNED_IN)
@never_cache
def pictures(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Adds a picture, and shows those that are there."""
    project = own_project(request, slug)
    if not conditions.editable(project):
        return redirect(project)
    form = PictureForm(request.POST or None, request.FILES or None, project=project)
    if form.accepted(
        lambda: operations.add_picture(
            actor=request.user,
            project=project,
            upload=form.cleaned_data["file"],
            alt=form.cleaned_data["alt"],
            reason=form.revision["reason"],
            at=clock.now(),
        )
    ):
        messages.success(request, _("The picture is in."))
        return redirect(step_url(project, "pictures"))
    return _page(request, project, form)


def _page(
    request: HttpRequest, project: Project, form: PictureForm, wrong: PictureTextForm | None = None
) -> HttpResponse:
    texts = [
        wrong
        if wrong and wrong.picture.pk == picture.pk
        else PictureTextForm(picture=picture, project=project)
        for picture in project.pictures.all()
    ]
    context = wizard_context(project, "pictures") | {"form": form, "texts": texts}
    return render(
        request, "proposals/step_pictures.html", context, status=422 if form.errors or wrong else 200
    )


@access(SIGNED_IN)
@require_POST
def picture(request: AuthenticatedRequest, slug: str, key: UUID) -> HttpResponse:
    """Changes the words of one picture, makes it the cover, or removes it."""
    project = own_project(request, slug)
    mine = get_object_or_404(project.pictures, pk=key)
    form = PictureTextForm(request.POST, picture=mine, project=project)
    if "remove" in request.POST:
        reason = request.POST.get(form.add_prefix("reason"), "")
        operations.remove_picture(
            actor=request.user, project=project, picture=mine, reason=reason, at=clock.now()
        )
        messages.success(request, _("The picture is gone."))
        return redirect(step_url(project, "pictures"))
    if form.accepted(
        lambda: operations.arrange_picture(
            actor=request.user,
            project=project,
            picture=mine,
            alt=form.cleaned_data["alt"],
            cover=form.cleaned_data["cover"],
            reason=form.revision["reason"],
            at=clock.now(),
        )
    ):
        return redirect(step_url(project, "pictures"))
    return _page(request, project, PictureForm(project=project), form)
