"""Pages that exist only in the demo: who to sign in as, and the mail that was not sent."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.models import Person
from civic.core.access import PUBLIC, access
from civic.demo.models import Message
from civic.demo.sign_ins import password, sign_ins

SHOWN = 100
Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def demo_only(view: View[Rest]) -> View[Rest]:
    """Not found wherever the DEMO setting is off, even if somebody left the address in place."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@access(PUBLIC)
@demo_only
@never_cache
@require_safe
def visitors(request: HttpRequest) -> HttpResponse:
    """Who there is to become in Aldermere."""
    here = set(
        Person.objects.filter(email__in=[one.email for one in sign_ins()]).values_list("email", flat=True)
    )
    people = [one for one in sign_ins() if one.email in here]
    return render(request, "demo/visitors.html", {"sign_ins": people, "password": password()})


@access(PUBLIC)
@demo_only
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Signs the visitor in as one of the listed people; nobody else can be had this way."""
    chosen = request.POST.get("email", "")
    if chosen not in {one.email for one in sign_ins()}:
        raise Http404
    person = get_object_or_404(Person, email=chosen, is_active=True)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("admin:index" if person.is_staff else "accounts:me")


@access(PUBLIC)
@demo_only
@never_cache
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """The newest mail, of everybody or of one recipient (`?to=`)."""
    # PostgreSQL takes no NUL, and no address holds one.
    recipient = request.GET.get("to", "").replace("\0", "").strip()
    newest = Message.objects.to(recipient).newest().only("recipient", "subject", "created_at")[:SHOWN]
    return render(request, "demo/mail.html", {"mail": newest, "recipient": recipient})


@access(PUBLIC)
@demo_only
@never_cache
@require_safe
def message(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One mail, its links ready to click."""
    return render(request, "demo/message.html", {"mail": get_object_or_404(Message, pk=pk)})
