"""What the publisher of a collection does: begin it, add purposes and words, look at releases and send them."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.errors import Refused
from civic.core.policies import may, require
from civic.core.steps import Step
from datasets.catalogue.queries import publishers_of
from datasets.consent import queries
from datasets.consent.fields import PEOPLE
from datasets.consent.forms import CollectionForm, DraftForm, PurposeForm, WordsForm
from datasets.consent.labels import COLLECTION_STEPS, RELEASE_STEPS
from datasets.consent.models import Collection, Purpose, Release
from datasets.consent.operations import collections, releases
from datasets.consent.states import UNDER_WAY, CollectionState
from datasets.consent.views.sharing import visible

DO_COLLECTION = {
    "open": collections.open_collection,
    "close": collections.close_collection,
    "drop": collections.drop_collection,
}
DO_RELEASE = {"send": releases.send_release, "drop": releases.drop_release}


@access(SIGNED_IN)
def create(request: AuthenticatedRequest) -> HttpResponse:
    """Begins a collection."""
    mine = publishers_of(request.user)
    form = CollectionForm(mine, request.POST or None)
    act = partial(collections.create_collection, actor=request.user, at=clock.now())
    if form.accepted(lambda: act(**form.cleaned_data)):
        return redirect("consent:manage", form.made.slug)
    context = {"form": form, "nobody": not mine.exists()}
    return render(request, "consent/create.html", context, status=422 if form.errors else 200)


def _managed(request: HttpRequest, slug: str, verb: str = "edit") -> Collection:
    found = visible(request, slug)
    require(request.user, verb, found)
    return found


@access(SIGNED_IN)
@require_safe
def manage(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Its purposes, how many have shared, releases with what is left out, requests that wait."""
    found = _managed(request, slug, "look_after")
    writes = may(request.user, "edit", found)
    context: dict[str, Any] = {"collection": found, "purposes": queries.purposes(found), "writes": writes}
    context["steps"] = [(name, step) for name, step in COLLECTION_STEPS.items() if writes and found.can(name)]
    context |= queries.of_publisher(found) | {"reason": queries.reason_of(found)}
    context["under_way"] = {one.purpose_id for one in context["releases"] if one.state in UNDER_WAY}
    return render(request, "consent/manage.html", context)


@access(SIGNED_IN)
def step(request: AuthenticatedRequest, slug: str, verb: str) -> HttpResponse:
    """Opens or closes it, after a question."""
    found = _managed(request, slug)
    if verb not in DO_COLLECTION:
        raise Http404
    form = COLLECTION_STEPS[verb].form(request)
    act = partial(DO_COLLECTION[verb], actor=request.user, collection=found, at=clock.now())
    if form.accepted(act):
        messages.success(request, str(COLLECTION_STEPS[verb].done))
        return redirect("consent:browse") if verb == "drop" else redirect("consent:manage", found.slug)
    return _confirm(request, COLLECTION_STEPS[verb], form, found)


@access(SIGNED_IN)
def edit(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Other words for a draft; once people can read them they stay, and there is no such page."""
    found = _managed(request, slug)
    if found.state != CollectionState.DRAFT:
        raise Http404
    form = DraftForm(request.POST or None, initial={"title": found.title, "description": found.description})
    act = partial(collections.edit_collection, actor=request.user, collection=found, at=clock.now())
    if form.accepted(lambda: act(**form.cleaned_data)):
        return redirect("consent:manage", found.slug)
    context = {"collection": found, "form": form, "title": _("Change the words")}
    return render(request, "consent/form.html", context, status=422 if form.errors else 200)


def _confirm(request: HttpRequest, asked: Step, form: Any, found: Collection, **more: Any) -> HttpResponse:
    context = {**asked.context(form), "collection": found, **more}
    return render(request, "consent/confirm.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
def add_purpose(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Adds a purpose, its profile and the words that people read."""
    found = _managed(request, slug)
    if found.is_over:
        raise Http404
    form = PurposeForm(found, request.POST or None)
    act = partial(collections.add_purpose, actor=request.user, collection=found, at=clock.now())
    if form.accepted(lambda: act(profile=form.profile(), words=form.words())):
        return redirect("consent:manage", found.slug)
    context = {"collection": found, "form": form, "title": _("A purpose"), "is_purpose": True}
    return render(request, "consent/form.html", context, status=422 if form.errors else 200)


def _purpose(request: HttpRequest, slug: str, key: UUID) -> Purpose:
    found = _managed(request, slug)
    purpose: Purpose = get_object_or_404(found.purposes.select_related("dataset"), pk=key)
    purpose.collection = found
    return purpose


@access(SIGNED_IN)
def notice(request: AuthenticatedRequest, slug: str, key: UUID) -> HttpResponse:
    """Other words for a purpose, to which people consent anew."""
    purpose = _purpose(request, slug, key)
    if purpose.collection.is_over:
        raise Http404
    form = WordsForm.of(purpose.newest_notice, request.POST or None)
    act = partial(collections.publish_notice, actor=request.user, purpose=purpose, at=clock.now())
    if form.accepted(lambda: act(words=form.words())):
        messages.success(request, _("The new words hold. Whoever consented to the old ones is told."))
        return redirect("consent:manage", slug)
    context = {"collection": purpose.collection, "form": form, "title": purpose.title, "is_notice": True}
    return render(request, "consent/form.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_POST
def prepare(request: AuthenticatedRequest, slug: str, key: UUID) -> HttpResponse:
    """Counts a release, for its publisher to look at."""
    purpose = _purpose(request, slug, key)
    try:
        made = releases.prepare_release(actor=request.user, purpose=purpose, at=clock.now())
    except Refused as refusal:
        messages.warning(request, str(refusal.detail))
        return redirect("consent:manage", slug)
    return redirect("consent:release", slug, made.pk)


def _release(request: HttpRequest, slug: str, key: UUID, verb: str) -> Release:
    found = _managed(request, slug, verb)
    rows = Release.objects.select_related("purpose__collection__publisher", "purpose__dataset", "revision")
    release: Release = get_object_or_404(rows, pk=key, purpose__collection=found)
    return release


@access(SIGNED_IN)
@require_safe
def release(request: AuthenticatedRequest, slug: str, key: UUID) -> HttpResponse:
    """What a release leaves out, and its figures until it is published or dropped: after that the revision has them."""
    found = _release(request, slug, key, "look_after")
    writes = may(request.user, "edit", found.purpose.collection)
    columns = [{"title": name, "number": name == PEOPLE} for name in found.header]
    rows = releases.read_release(actor=request.user, release=found, at=clock.now())
    context = {
        "release": found,
        "collection": found.purpose.collection,
        "table": {"columns": columns, "rows": rows},
        "shown": found.state in UNDER_WAY,
        "steps": [
            (name, one)
            for name, one in RELEASE_STEPS.items()
            if writes and found.can(name) and (found.rows or name == "drop")
        ],
    }
    return render(request, "consent/release.html", context)


@access(SIGNED_IN)
def release_step(request: AuthenticatedRequest, slug: str, key: UUID, verb: str) -> HttpResponse:
    """Publishes or drops it, after a question."""
    found = _release(request, slug, key, "edit")
    if verb not in DO_RELEASE:
        raise Http404
    form = RELEASE_STEPS[verb].form(request)
    act = partial(DO_RELEASE[verb], actor=request.user, release=found, at=clock.now())
    if form.accepted(act):
        messages.success(request, str(RELEASE_STEPS[verb].done))
        return redirect("consent:manage", slug)
    return _confirm(request, RELEASE_STEPS[verb], form, found.purpose.collection, release=found)
