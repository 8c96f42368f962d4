"""What a voter keeps, and how to check it later."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from projects.voting import queries
from projects.voting.forms import ReceiptForm
from projects.voting.secrecy import fingerprint, receipt_code


@access(SIGNED_IN)
@require_GET
@never_cache
def receipt(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The person's own receipt with what the ballot says; only they see it."""
    at = clock.now()
    call = queries.call_for(request.user, slug, at)
    if call is None:
        raise Http404
    ballot = queries.own_ballot(request.user, call)
    if ballot is None:
        return redirect("voting:ballot", slug=slug)
    choices = queries.saying(ballot)
    chosen = [
        (choices[project.pk], project) for project in queries.ballot_projects(call) if project.pk in choices
    ]
    code = receipt_code(ballot.pk)
    context = {
        "call": call,
        "ballot": ballot,
        "code": code,
        "fingerprint": fingerprint(code),
        "check_address": request.build_absolute_uri(reverse("voting:check")),
        "chosen": sorted(chosen, key=lambda pair: pair[0]),
    }
    return render(request, "voting/receipt.html", context | queries.context_of(call, at))


@access(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Whether a ballot is in the box, for whoever has its code. The code is posted, so that no log keeps it."""
    form = ReceiptForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        code = form.cleaned_data["code"]
        context |= {"asked": True, "ballot": queries.ballot_by_code(code), "fingerprint": fingerprint(code)}
    return render(request, "voting/check.html", context)
