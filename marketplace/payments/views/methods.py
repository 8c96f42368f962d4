"""Saved ways to pay: what they are used for, and how to remove one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from marketplace.payments import operations, providers, purposes, queries


@access(SIGNED_IN)
@never_cache
@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    """All of the visitor's, with what each will still be charged for."""
    methods = list(queries.own_methods(request.user))
    uses = purposes.uses_of(method.pk for method in methods)
    rows = [
        {"method": method, "uses": uses[method.pk], "provider": providers.get(method.provider).label}
        for method in methods
    ]
    return render(request, "payments/methods.html", {"rows": rows})


@access(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: AuthenticatedRequest, pk: Any) -> HttpResponse:
    """Asks, and removes."""
    method = get_object_or_404(queries.own_methods(request.user), pk=pk)
    if request.method == "POST":
        operations.remove_method(actor=request.user, method=method, at=clock.now())
        messages.success(request, _("%(label)s is removed.") % {"label": method.label})
        return redirect("payments:methods")
    context = {
        "method": method,
        "uses": purposes.uses_of([method.pk])[method.pk],
        "confirm": _("Remove it"),
        "danger": True,
        "cancel_href": reverse("payments:methods"),
    }
    return render(request, "payments/method_remove.html", context)
