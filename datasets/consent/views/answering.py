"""A request about one's rights, and what a reader was told to delete: both sides see them, one answers."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.policies import may
from civic.core.steps import PlainForm
from datasets.consent import queries
from datasets.consent.forms import DeletionForm, RightsAnswerForm
from datasets.consent.models import Deletion, RightsRequest
from datasets.consent.operations import rights

DO = {"fulfil": rights.fulfil_rights, "refuse": rights.refuse_rights}


@access(SIGNED_IN)
def request_page(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """What was asked, until when, and the answer; the publisher gives it here, who has asked takes it back."""
    rows = RightsRequest.objects.select_related("collection__publisher", "person")
    found: RightsRequest = get_object_or_404(rows, pk=key)
    if not may(request.user, "see", found):
        raise Http404
    at, open_ = clock.now(), found.can("fulfil")
    answers = open_ and may(request.user, "answer", found)
    takes_back = open_ and may(request.user, "withdraw", found)
    sent = request.POST if request.method == "POST" else None
    form = RightsAnswerForm(sent) if answers else PlainForm(sent)
    act = partial(_act, request, found)
    if (answers or takes_back) and form.accepted(lambda: act(**form.cleaned_data)):
        messages.success(request, _("It is done."))
        return redirect(found)
    if request.method == "POST" and not open_:
        messages.warning(request, _("It was answered or taken back meanwhile: nothing of this was kept."))
        return redirect(found)
    context = {
        "found": found,
        "form": form if answers else None,
        "answers": answers,
        "takes_back": takes_back,
        "late": found.is_late(at),
    }
    return render(request, "consent/rights.html", context, status=422 if form.errors else 200)


def _act(request: AuthenticatedRequest, found: RightsRequest, **said: str) -> object:
    moment = clock.now()
    if "answer" in said:
        act = DO.get(request.POST.get("verb", ""))
        if act is None:
            raise Http404
        return act(actor=request.user, request=found, answer=said["answer"], at=moment)
    return rights.withdraw_rights(actor=request.user, request=found, at=moment)


@access(SIGNED_IN)
def deletion(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """What is to be deleted and why; who holds the copies says what became of them."""
    found: Deletion = get_object_or_404(queries.deletions(), pk=key)
    if not may(request.user, "see", found):
        raise Http404
    answers = found.can("answer") and may(request.user, "answer", found)
    form = DeletionForm(request.POST or None) if answers else None
    act = partial(rights.answer_deletion, actor=request.user, deletion=found, at=clock.now())
    if form is not None and form.accepted(lambda: act(**form.cleaned_data)):
        messages.success(request, _("Thank you. The publisher hears of it."))
        return redirect(found)
    context = {"found": found, "form": form, "late": found.is_late(clock.now())}
    return render(request, "consent/deletion.html", context, status=422 if form and form.errors else 200)
