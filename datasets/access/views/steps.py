"""A request and a grant for both sides, and the steps that each may take, every one confirmed on a page of its own."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.policies import may
from civic.core.steps import Step
from datasets.access import queries
from datasets.access.labels import GRANT_STEPS, HOLDS, REQUEST_STEPS
from datasets.access.models import AccessRequest, Agreement, Grant
from datasets.access.operations import grants, requests
from datasets.access.views.asking import seen

DO_REQUEST: dict[str, Callable[..., Any]] = {
    "submit": requests.submit_request,
    "withdraw": requests.withdraw_request,
    "approve": requests.approve_request,
    "return": requests.return_request,
    "reject": requests.reject_request,
}
DO_GRANT: dict[str, Callable[..., Any]] = {
    "suspend": grants.suspend_grant,
    "resume": grants.resume_grant,
    "release": grants.release_grant,
    "revoke": grants.revoke_grant,
    "end": grants.end_grant,
    "key": grants.make_key,
}
# What the policies call them.
VERBS = {"approve": "decide", "return": "decide", "reject": "decide", "key": "make_key"}


def offered(actor: Any, thing: AccessRequest | Grant, steps: dict[str, Step]) -> list[tuple[str, Step]]:
    """The steps that this person may take with it now."""
    return [
        (name, step)
        for name, step in steps.items()
        if _possible(thing, name) and may(actor, VERBS.get(name, name), thing)
    ]


def _possible(thing: AccessRequest | Grant, name: str) -> bool:
    if isinstance(thing, AccessRequest):
        return thing.can(name)
    special = {
        "key": thing.state == "active",
        "resume": thing.can_resume,
        "release": thing.can_release,
        # Suspended by one side, it can be suspended by the other, too.
        "suspend": thing.can("suspend") or thing.can_resume,
    }
    return special[name] if name in special else thing.can(name)


@access(SIGNED_IN)
@require_safe
def request_page(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Where a request stands, and the next step."""
    found = seen(request, key)
    context = {
        "found": found,
        "steps": offered(request.user, found, REQUEST_STEPS),
        "reads_words": may(request.user, "read_words", found),
        "may_edit": found.state in ("draft", "returned") and may(request.user, "write", found),
        "grant": Grant.objects.filter(agreement__request=found).first(),
    }
    return render(request, "access/request.html", context)


@access(SIGNED_IN)
def request_step(request: AuthenticatedRequest, key: UUID, verb: str) -> HttpResponse:
    """Asks whether it is meant, with a reason where one is owed, and does it."""
    found = seen(request, key)
    if verb not in DO_REQUEST or not may(request.user, VERBS.get(verb, verb), found):
        raise Http404
    form = REQUEST_STEPS[verb].form(request)
    act = partial(DO_REQUEST[verb], actor=request.user, request=found, at=clock.now())
    if VERBS.get(verb) == "decide":
        act = partial(act, version=request.POST.get("version", ""))
    if form.accepted(lambda: act(**form.cleaned_data)):
        messages.success(request, str(REQUEST_STEPS[verb].done))
        return redirect(found)
    return _confirm(request, REQUEST_STEPS[verb], form, found)


def _grant(request: HttpRequest, key: UUID) -> Grant:
    found: Grant = get_object_or_404(queries.grants(), pk=key)
    if not may(request.user, "see", found):
        raise Http404
    return found


@access(SIGNED_IN)
@require_safe
def grant_page(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """What a grant allows, until when, and the next step."""
    found = _grant(request, key)
    at = clock.now()
    context = {
        "found": found,
        "over": found.is_over(at),
        "steps": [
            (name, step)
            for name, step in offered(request.user, found, GRANT_STEPS)
            if name == "release" or not found.is_over(at)
        ],
        "holds": [(HOLDS[side], reason) for side, reason in queries.holds(found)],
        "may_renew": found.basis != "by_order" and may(request.user, "renew", found),
    }
    return render(request, "access/grant.html", context)


@access(SIGNED_IN)
def grant_step(request: AuthenticatedRequest, key: UUID, verb: str) -> HttpResponse:
    """Asks whether it is meant, with a reason where one is owed, and does it; a new key is shown this once."""
    found = _grant(request, key)
    if verb not in DO_GRANT or not may(request.user, VERBS.get(verb, verb), found):
        raise Http404
    form = GRANT_STEPS[verb].form(request)
    act = partial(DO_GRANT[verb], actor=request.user, grant=found, at=clock.now())
    if form.accepted(lambda: act(**form.cleaned_data)):
        if verb == "key":
            latest = settings.SITE_URL + reverse("catalogue:latest", args=[found.dataset.slug, "csv"])
            example = f'curl -H "Authorization: Bearer {form.made}" {latest}'
            context = {"found": found, "key": form.made, "example": example}
            response = render(request, "access/key.html", context)
            response.headers["Cache-Control"] = "no-store"
            return response
        messages.success(request, str(GRANT_STEPS[verb].done))
        return redirect(found)
    return _confirm(request, GRANT_STEPS[verb], form, found)


def _confirm(request: HttpRequest, step: Step, form: Any, found: AccessRequest | Grant) -> HttpResponse:
    context = {
        **step.context(form),
        "found": found,
        "cancel_href": found.get_absolute_url(),
        # Of a request, which may be changed and sent again while this page is open.
        "version": getattr(found, "version", ""),
    }
    return render(request, "access/confirm.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_safe
def agreement(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """The terms as they were agreed, for both sides: the very bytes of which the digest is."""
    found: Agreement = get_object_or_404(queries.agreements(), pk=key)
    if not may(request.user, "see", found):
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="agreement-{found.digest[:12]}.jsonld"'}
    return HttpResponse(found.document, content_type="application/ld+json", headers=headers)
