"""What everybody sees of collections, and what people do with their own data."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock, suspended
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.errors import IllegalTransition
from civic.core.policies import may
from civic.core.signatures import public_key
from civic.core.steps import PlainForm
from datasets.access.vocabularies import Purpose
from datasets.catalogue.queries import publishers_of
from datasets.consent import queries, receipts
from datasets.consent.conditions import why_not_released, why_not_shared
from datasets.consent.forms import RightsForm, ShareForm
from datasets.consent.models import Collection, Consent, Submission
from datasets.consent.operations import rights, sharing


def visible(request: HttpRequest, slug: str) -> Collection:
    """A collection that the reader may know of; 404 otherwise."""
    found: Collection = get_object_or_404(queries.collections().visible_to(request.user), slug=slug)
    return found


@access(PUBLIC)
@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """What people are asked to share, open ones first."""
    context = {"collections": queries.listed(request.user), "collects": False}
    if request.user.is_authenticated:
        context["collects"] = publishers_of(request.user).exists()
    return render(request, "consent/browse.html", context)


@access(PUBLIC)
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked and for what; whoever has an account shares here, and consents to what they tick."""
    found = visible(request, slug)
    purposes = queries.purposes(found)
    context: dict[str, Any] = {"collection": found, "purposes": purposes, "why_not": why_not_shared(found)}
    context["reason"] = queries.reason_of(found)
    if not request.user.is_authenticated:
        if request.method == "POST":
            return suspended.sign_in_first(request, ShareForm(found, purposes, data=request.POST).said())
        return render(request, "consent/collection.html", context)
    submission, standing = queries.mine_of(found, request.user)
    given = {one.purpose_id for one in standing if one.is_used}
    # Where nobody shares any more, who has answered still corrects it.
    wanted = [one for one in purposes if one.pk not in given and not why_not_released(one)]
    asked = [] if context["why_not"] else wanted
    form = ShareForm(found, asked, submission, request.POST or None)
    act = partial(sharing.share, actor=request.user, collection=found, at=clock.now())
    if form.accepted(lambda: act(values=form.values(), consents=form.consents())):
        messages.success(request, _("It is kept. You can change it here, and withdraw it at any time."))
        return redirect("consent:mine")
    context |= {
        "form": form if submission or not context["why_not"] else None,
        "submission": submission,
        "standing": standing,
        "given": given,
        "looks_after": may(request.user, "look_after", found),
    }
    return render(request, "consent/collection.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_safe
def mine(request: AuthenticatedRequest) -> HttpResponse:
    """What somebody has shared, for what, and what became of it."""
    context = queries.of_person(request.user)
    titles = {str(one.purpose.dataset_id): one.purpose.title for one in context["consents"]}
    words = {one.value: one.label for one in Purpose}
    context["reads"] = [
        {
            "title": titles[row["subject_id"]],
            "why": words.get(row["payload__purpose"]) or _("its publisher or the city's data steward"),
            "times": row["times"],
        }
        for row in context["reads"]
    ]
    looked = {str(one.purpose_id): one.purpose.title for one in context["consents"]}
    context["reads"] += [
        {
            "title": looked[row["payload__purpose"]],
            "why": _("its publisher or the city's data steward, before it was published"),
            "times": row["times"],
        }
        for row in context["looked"]
        if row["payload__purpose"] in looked
    ]
    return render(request, "consent/mine.html", context)


def _own(request: AuthenticatedRequest, key: UUID) -> Consent:
    rows = Consent.objects.select_related("purpose__collection", "notice")
    found: Consent = get_object_or_404(rows, pk=key)
    if not may(request.user, "see", found):
        raise Http404
    return found


@access(SIGNED_IN)
@require_POST
def withdraw(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Ends a consent, by one press; pressed twice it is withdrawn once."""
    found = _own(request, key)
    try:
        sharing.withdraw_consent(actor=request.user, consent=found, at=clock.now())
    except IllegalTransition:
        messages.info(request, _("It was withdrawn before."))
        return redirect("consent:mine")
    words = _("It is withdrawn. Nothing was published with it.")
    if found.inclusions.filter(release__revision__isnull=False).exists():
        words = _(
            "It is withdrawn, and what was made with it rests. Your receipt says what was already read."
        )
    messages.success(request, words)
    return redirect("consent:mine")


@access(SIGNED_IN)
@require_safe
def receipt(request: AuthenticatedRequest, key: UUID, which: str) -> HttpResponse:
    """The receipt of a consent or of its withdrawal, with its signature."""
    found = _own(request, key)
    text, signature = {
        "given": (found.receipt, found.signature),
        "withdrawn": (found.withdrawal, found.withdrawal_signature),
    }.get(which, ("", ""))
    if not text:
        raise Http404
    headers = {
        "Content-Disposition": f'attachment; filename="consent-{which}-{found.pk}.json"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(receipts.download(text, signature), content_type="application/json", headers=headers)


@access(SIGNED_IN)
def erase(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Takes back everything that was shared in a collection, after a question."""
    rows = Submission.objects.select_related("collection")
    found = rows.filter(collection__slug=slug, person=request.user).first()
    if found is None:
        if request.method != "POST" or not queries.has_erased(request.user, slug):
            raise Http404
        messages.info(request, _("Your answers were deleted before."))
        return redirect("consent:mine")
    form = PlainForm(request.POST if request.method == "POST" else None)
    act = partial(sharing.erase_submission, actor=request.user, submission=found, at=clock.now())
    if form.accepted(act):
        messages.success(request, _("Your answers are deleted, and every consent there is withdrawn."))
        return redirect("consent:mine")
    context = {"found": found, "form": form, "danger": True, "confirm": _("Delete my answers")}
    return render(request, "consent/erase.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
def ask_rights(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Asks the publisher about one's own data."""
    found = visible(request, slug)
    form = RightsForm(request.POST or None)
    act = partial(rights.ask_rights, actor=request.user, collection=found, at=clock.now())
    if form.accepted(lambda: act(**form.cleaned_data)):
        messages.success(request, _("It is sent. The answer is owed within four weeks."))
        return redirect(form.made)
    context = {"collection": found, "form": form}
    return render(request, "consent/ask_rights.html", context, status=422 if form.errors else 200)


@access(PUBLIC)
@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The installation's key, by which whoever is shown a receipt checks it: not by the key that comes with it."""
    return HttpResponse(public_key(), content_type="text/plain; charset=utf-8")
