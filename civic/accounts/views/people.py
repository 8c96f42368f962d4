"""A person's own page, their profile, and their public page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from civic.accounts import me, operations, public_pages, queries
from civic.accounts.forms import ProfileForm
from civic.accounts.models import Person
from civic.accounts.requests import AuthenticatedRequest
from civic.accounts.roles import verified_resident
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access


@access(SIGNED_IN)
def dashboard(request: AuthenticatedRequest) -> HttpResponse:
    """What waits for this person, and everything that is theirs."""
    at = clock.now()
    person = queries.own_page(request.user, me.columns(), at)
    context = {
        "todos": me.todos_of(person, at),
        "panels": me.panels.bind(person, at),
        "residency": queries.residency_on_me(person),
    }
    return render(request, "accounts/me.html", context)


@access(SIGNED_IN)
def profile(request: AuthenticatedRequest) -> HttpResponse:
    """What others see of this person, and the way to address, password and second step."""
    form = ProfileForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.accepted_by(
        operations.edit_profile, actor=request.user, at=clock.now()
    ):
        messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)


@access(PUBLIC)
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A person's public page. Search engines are asked to leave it out unless the person wants otherwise."""
    shown = get_object_or_404(Person.objects.public().select_related("area"), pk=pk)
    at = clock.now()
    context = {
        "person": shown,
        "verified": verified_resident(shown, at),
        "panels": public_pages.person_panels.bind(shown, at),
        "memberships": [m for m in queries.memberships_of(shown) if m.organisation.state != "suspended"],
    }
    response = render(request, "accounts/person.html", context)
    if not shown.indexed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
