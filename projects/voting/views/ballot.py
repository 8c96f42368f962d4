"""The ballot (fill in, look it over, cast it in one request), its receipt, and how to check it later."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from django.views.generic import View

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.money import Money
from projects.calls.models import Call
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from projects.voting import operations, queries, sheets
from projects.voting.ballot_box import most_choices
from projects.voting.forms import BallotForm, ReceiptForm
from projects.voting.secrecy import receipt_code, voter_mark


@access(SIGNED_IN)
@method_decorator(never_cache, name="dispatch")
class BallotPage(View):
    """GET shows the ballot; POST with `review` shows what would be cast, with `cast` casts it."""

    def get(self, request: AuthenticatedRequest, slug: str) -> HttpResponse:
        at = clock.now()
        call = _call(request, slug, at)
        ballot = queries.own_ballot(request.user, call)
        choices = queries.saying(ballot) if ballot else {}
        data = {str(project): str(value) for project, value in choices.items()}
        gone = _gone(queries.named(ballot)) if ballot else []
        shown = {"form": BallotForm(), "existing": data, "replaces": ballot is not None, "gone": gone}
        if ballot is None:
            shown["taken_out"] = queries.taken_out(request.user, call)
        return self._paper(request, call, at, request.GET, **shown)

    def post(self, request: AuthenticatedRequest, slug: str) -> HttpResponse:
        form, at = BallotForm(request.POST), clock.now()
        ballot = {"actor": request.user, "slug": slug, "at": at}

        def carried(operation: Callable[..., object]) -> bool:
            return form.accepted(lambda: operation(**ballot, choices=form.cleaned_data["choices"]))

        if "cast" in request.POST and carried(operations.cast_ballot):
            return redirect("voting:receipt", slug=slug)
        call = _call(request, slug, at)
        turns = any(button in request.POST for button in ("change", "find", "page"))
        if not turns and carried(operations.rehearse_ballot):
            return self._look_over(request, call, at, form)
        own = queries.own_ballot(request.user, call)
        # Also on the other pages of a long ballot; where it was refused, the page says what of theirs counts.
        notices = {"replaces": turns and own is not None, "gone": _gone(queries.named(own)) if own else []}
        shown = {"form": form, "existing": form.typed, "own": own, **notices}
        return self._paper(request, call, at, request.POST, **shown)

    def _paper(
        self, request: AuthenticatedRequest, call: Call, at: datetime, asked: QueryDict, **shown: Any
    ) -> HttpResponse:
        """The page of the ballot that is asked for, with all that is chosen, wherever it stands."""
        mark = voter_mark(call.pk, request.user.pk)
        # Who searches begins with the first page of what is found.
        number = "1" if "find" in asked else asked.get("page") or asked.get("here") or "1"
        sheet = sheets.sheet(
            call, mark, chosen=sheets.keys_of(shown["existing"]), words=asked.get("q", ""), number=number
        )
        context = _rule(call) | queries.context_of(call, at) | shown | {"call": call, "sheet": sheet}
        if not call.may_vote:  # type: ignore[attr-defined]
            context["why_not"] = queries.why_not_entitled(request.user, call, at)
        most = min(most_choices(call) or sheet.on_ballot, sheet.on_ballot)
        # A list of hundreds of places on each card is read by nobody: then a number is typed.
        context["places"] = range(1, most + 1) if most <= sheets.SIZE else None
        return render(request, "voting/ballot.html", context)

    def _look_over(
        self, request: AuthenticatedRequest, call: Call, at: datetime, form: BallotForm
    ) -> HttpResponse:
        choices = form.cleaned_data["choices"]
        chosen = [
            (choices[project.pk], project) for project in sheets.candidates(call).filter(pk__in=choices)
        ]
        ranked = call.ballot_kind == Call.BallotKind.RANKING
        chosen.sort(key=lambda pair: (pair[0] if ranked else -pair[0], pair[1].title))
        context = _rule(call) | queries.context_of(call, at)
        total = Money(sum(project.cost_minor or 0 for _value, project in chosen), call.currency)
        context |= {"call": call, "chosen": chosen, "total": total}
        return render(request, "voting/confirm.html", context)


def _call(request: AuthenticatedRequest, slug: str, at: datetime) -> Call:
    call = queries.call_for(request.user, slug, at)
    if call is None:
        raise Http404
    return call


def _gone(projects: Iterable[Project]) -> list[Project]:
    return [project for project in projects if project.state == ProjectState.CANCELLED]


def _rule(call: Call) -> dict[str, Any]:
    kinds = Call.BallotKind
    return {
        "kind": call.ballot_kind,
        "most": most_choices(call),
        "by_choice": call.ballot_kind in (kinds.APPROVAL, kinds.BASKET),
        "basket": call.ballot_kind == kinds.BASKET,
        "points": call.ballot_kind == kinds.POINTS,
        "ranking": call.ballot_kind == kinds.RANKING,
    }


@access(SIGNED_IN)
@require_GET
@never_cache
def receipt(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The person's own receipt with what the ballot says; only they see it."""
    at = clock.now()
    call = _call(request, slug, at)
    ballot = queries.own_ballot(request.user, call)
    if ballot is None:
        return redirect("voting:ballot", slug=slug)
    choices = queries.saying(ballot)
    chosen = [(choices[project.pk], project) for project in queries.named(ballot)]
    code = receipt_code(ballot.pk)
    context = {
        "call": call,
        "ballot": ballot,
        "code": code,
        # Not before the list is there: noted down earlier it would show a buyer whether it came into the list.
        "fingerprint": ballot.receipt if queries.published_tally(slug) else "",
        "check_address": request.build_absolute_uri(reverse("voting:check")),
        "chosen": sorted(chosen, key=lambda pair: pair[0]),
        "gone": _gone(project for _value, project in chosen),
    }
    return render(request, "voting/receipt.html", context | queries.context_of(call, at))


@access(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Whether a ballot was cast, for whoever has its code. The code is posted, so that no log keeps it.

    The answer is the same for a ballot that was replaced: whoever bought the code must not learn whether it counts.
    """
    form = ReceiptForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        code = form.cleaned_data["code"]
        context |= {"asked": True, "ballot": queries.ballot_by_code(code)}
    return render(request, "voting/check.html", context)
