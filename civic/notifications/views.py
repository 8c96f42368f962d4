"""The pages: what happened, preferences, and the way out of mail."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.notifications import operations, queries, unsubscribing
from civic.notifications.forms import wish_forms
from civic.notifications.types import categories


@access(SIGNED_IN)
@require_GET
def notifications(request: AuthenticatedRequest) -> HttpResponse:
    """What happened, by its date, newest first; `?show=unread` leaves out what was read."""
    unread_only = request.GET.get("show") == "unread"
    found = queries.page(request.user, unread_only=unread_only, after=request.GET.get("after", ""))
    context = {"page": found, "unread_only": unread_only, "first_page": "after" not in request.GET}
    template = "notifications/_items.html" if request.htmx else "notifications/list.html"
    return render(request, template, context)


@access(SIGNED_IN)
@require_POST
def read(request: AuthenticatedRequest, notification: UUID) -> HttpResponse:
    """Marks one as read; the page (or, by htmx, its row) comes back."""
    marked = operations.mark_read(actor=request.user, notification=notification, at=clock.now())
    if request.htmx:
        return render(request, "notifications/_item.html", {"notification": marked})
    return redirect("notifications:list")


@access(SIGNED_IN)
@require_POST
def read_all(request: AuthenticatedRequest) -> HttpResponse:
    """Marks all as read that there were when the button was drawn."""
    try:
        until = UUID(request.POST.get("until", ""))
    except ValueError:
        return redirect("notifications:list")
    operations.mark_all_read(actor=request.user, until=until, at=clock.now())
    messages.success(request, _("All caught up."))
    return redirect("notifications:list")


@access(SIGNED_IN)
class Settings(View):
    """Preferences, category by category."""

    def get(self, request: AuthenticatedRequest) -> HttpResponse:
        return self._page(request, wish_forms(request.user))

    def post(self, request: AuthenticatedRequest) -> HttpResponse:
        forms = wish_forms(request.user, request.POST)
        checked = [form.is_valid() for form in forms]
        if not all(checked):
            return self._page(request, forms, status=422)
        for form in forms:
            form.save(request.user)
        messages.success(request, _("Saved. This is how you will hear from us."))
        return redirect("notifications:settings")

    def _page(self, request: AuthenticatedRequest, forms: Any, status: int = 200) -> HttpResponse:
        mandatory = [category for category in categories() if category.mandatory]
        return render(
            request, "notifications/settings.html", {"forms": forms, "mandatory": mandatory}, status=status
        )


@access(PUBLIC)
@method_decorator(csrf_exempt, name="dispatch")
class Unsubscribe(View):
    """One-click unsubscription (RFC 8058). The signed token is the authority: mail programs send no cookie."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Asks first: programs that look at every link in a mail must not unsubscribe anybody."""
        _person, category = unsubscribing.read(token)
        return render(request, "notifications/unsubscribe.html", {"category": category, "done": False})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        person, category = unsubscribing.read(token)
        operations.unsubscribe(person=person, category=category)
        return render(request, "notifications/unsubscribe.html", {"category": category, "done": True})
