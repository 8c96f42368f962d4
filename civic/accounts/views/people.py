"""A person's own page, profile and public page, and their rights over their data: a copy, and erasure."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from civic.accounts import me, operations, privacy, public_pages, queries
from civic.accounts.forms import EraseForm, ProfileForm
from civic.accounts.models import DataExport, Organisation, Person
from civic.accounts.requests import AuthenticatedRequest
from civic.accounts.roles import verified_resident
from civic.accounts.states import INACTIVE
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access, require_password
from civic.core.forms import typed
from civic.core.sessions import kept_as


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
    if form.accepted_by(operations.edit_profile, actor=request.user, at=clock.now()):
        messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)


@access(SIGNED_IN)
def devices(request: AuthenticatedRequest) -> HttpResponse:
    """Where this person is signed in; after their password, signs out of one or of all others (ASVS 7.5.2)."""
    return _end_sessions(request) if request.method == "POST" else _devices(request)


def _devices(request: AuthenticatedRequest) -> HttpResponse:
    shown = queries.devices(request.user, kept_as(request.session.session_key))
    return render(request, "accounts/devices.html", {"devices": shown})


def _end_sessions(request: AuthenticatedRequest) -> HttpResponse:
    only = _("One other browser") if request.POST.get("device") else _("Everywhere else")
    require_password(request, [(_("Sign out"), only)])
    here = kept_as(request.session.session_key)
    ended = operations.end_sessions(
        actor=request.user, keep=here, only=request.POST.get("device", ""), at=clock.now()
    )
    done = ngettext(
        "You are signed out of %(n)s other browser.", "You are signed out of %(n)s other browsers.", ended
    )
    messages.success(request, done % {"n": ended})
    return redirect("accounts:devices")


@access(PUBLIC)
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A person's public page. Search engines are asked to leave it out unless the person wants otherwise."""
    shown = get_object_or_404(Person.objects.public().select_related("area"), pk=pk)
    at = clock.now()
    context = {
        "person": shown,
        "verified": verified_resident(shown, at),
        "panels": public_pages.person_panels.bind(shown, at),
        "memberships": [m for m in queries.memberships_of(shown) if m.organisation.state not in INACTIVE],
    }
    response = render(request, "accounts/person.html", context)
    if not shown.indexed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@access(SIGNED_IN)
def data(request: AuthenticatedRequest) -> HttpResponse:
    """What the site keeps, how to get a copy, how to leave."""
    context = {
        "export": _export(request),
        "erasure": queries.erasure_of(request.user),
        "fates": privacy.fates(request.user),
    }
    return render(request, "accounts/privacy.html", context)


@access(SIGNED_IN)
def export_state(request: AuthenticatedRequest) -> HttpResponse:
    """How far the copy is; the part of the page that renews itself."""
    return render(request, "accounts/_export.html", {"export": _export(request)})


@access(SIGNED_IN)
@require_POST
def export(request: AuthenticatedRequest) -> HttpResponse:
    """Orders a copy."""
    operations.request_export(actor=request.user, at=clock.now())
    messages.success(request, _("We are making your copy."))
    return redirect("accounts:privacy")


@access(SIGNED_IN)
@reauthentication_required
def download(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The copy itself: for its owner, after their password, until it expires."""
    found = get_object_or_404(DataExport, pk=pk, person=request.user)
    if not found.available(clock.now()):
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="my-data.zip"', "Cache-Control": "no-store"}
    return HttpResponse(bytes(found.archive), content_type="application/zip", headers=headers)


@access(SIGNED_IN)
def erase(request: AuthenticatedRequest) -> HttpResponse:
    """Explains what happens, asks, and begins the days to think about it."""
    alone = list(Organisation.objects.left_alone_by(request.user))
    form = EraseForm(request.POST or None, alone=alone)
    # Also to see the page, which says what goes and what stays.
    require_password(request, [(_("To be erased"), _("Your account")), *typed(form)])
    if form.accepted_by(operations.request_erasure, actor=request.user, at=clock.now()):
        messages.success(request, _("Your account will be erased in seven days."))
        return redirect("accounts:privacy")
    context = {
        "form": form,
        "alone": alone,
        "fates": privacy.fates(request.user),
        "blockers": privacy.blockers(request.user),
    }
    return render(request, "accounts/erase.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_POST
def cancel_erasure(request: AuthenticatedRequest) -> HttpResponse:
    """Takes the wish to be erased back."""
    operations.cancel_erasure(actor=request.user, at=clock.now())
    messages.success(request, _("Your account stays."))
    return redirect("accounts:privacy")


def _export(request: AuthenticatedRequest) -> DataExport | None:
    found = queries.export_of(request.user)
    expired = found is not None and found.ready_at and not found.available(clock.now())
    return None if expired else found
