"""Match funds: the list, each one's page, its published input and the challenges of it."""

from functools import partial
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.paging import page
from marketplace.matching import quadratic, wording
from marketplace.matching.forms import ChallengeForm
from marketplace.matching.models import MatchFund
from marketplace.matching.operations import challenges
from marketplace.matching.operations.quadratic_allocation import challenged_until
from marketplace.matching.operations.quadratic_input import pseudonym
from marketplace.matching.queries import funds as queries
from marketplace.matching.states import MatchFundState


@access(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All funds, newest first."""
    found = page(queries.funds(request.user), after=request.GET.get("after", ""), size=12)
    rows = [{"fund": fund, "pot": queries.pot(fund)} for fund in found]
    return render(
        request, "matching/funds.html", {"rows": rows, "next": found.next, "after": "after" in request.GET}
    )


@access(PUBLIC)
@require_safe
def fund(request: HttpRequest, slug: str) -> HttpResponse:
    """One fund: its rule with an example, where its money is, what it gives to whom."""
    shown = _visible(request, slug)
    pot, until = queries.pot(shown), challenged_until(shown)
    context = {
        "fund": shown,
        "pot": pot,
        "parts": _parts(pot, over=shown.state == MatchFundState.CLOSED),
        "explained": wording.explain(shown),
        "enrolled": queries.enrolled(shown, request.user),
        "quadratic": shown.rule == MatchFund.Rule.QUADRATIC,
        "until": until,
        "takes_challenges": takes_challenges(shown),
        "challenges": queries.challenges(shown) if shown.frozen_at else [],
        "gifts": _frozen(shown),
        "mine": _mine(request, shown),
    }
    return render(request, "matching/fund.html", context)


def _parts(pot: queries.Pot, *, over: bool) -> list[dict[str, Any]]:
    """Where the money is, for the picture and its table."""
    free = _("Left over; it goes back to the funder.") if over else _("Nobody has been promised this yet.")
    named = [
        ("free", _("Free"), free, pot.free),
        ("reserved", _("Reserved"), _("Set aside for campaigns that are still open."), pot.reserved),
        ("committed", _("Committed"), _("Owed to campaigns that reached their goal."), pot.committed),
        ("paid", _("Paid"), _("Added to projects that kept their first promise."), pot.paid),
    ]
    if pot.returned:
        text = _("Given back to the funder, because nothing needed it any more.")
        named.append(("returned", _("Returned"), text, pot.returned))
    parts, start = [], 0
    for key, title, text, amount in named:
        whole = pot.paid_in.minor or 1
        parts.append(
            {
                "key": key,
                "title": title,
                "text": text,
                "amount": amount,
                "start": f"{100 * start / whole:.2f}%",
                "width": f"{100 * amount.minor / whole:.2f}%",
                "percent": 100 * amount.minor // whole,
            }
        )
        start += amount.minor
    return parts


def takes_challenges(shown: MatchFund) -> bool:
    """Whether its published input can be challenged now."""
    until = challenged_until(shown)
    return shown.state == MatchFundState.FROZEN and until is not None and clock.now() < until


def _frozen(shown: MatchFund) -> int:
    """How many rows the published input froze; what stands of those struck in part follows behind them."""
    document = shown.published_input or {"gifts": []}
    return int(document.get("frozen", len(document["gifts"])))


def _mine(request: HttpRequest, shown: MatchFund) -> list[str]:
    """How the reader is named in the published input: one pseudonym for each campaign that they gave to."""
    if not request.user.is_authenticated or not shown.published_input:
        return []
    backers = {(campaign, backer) for campaign, backer, _minor in shown.published_input["gifts"]}
    names = {one: pseudonym(shown, one, request.user.pk) for one in shown.published_input["campaigns"]}
    return [name for campaign, name in names.items() if (campaign, name) in backers]


@access(PUBLIC)
@require_safe
def published(request: HttpRequest, slug: str) -> HttpResponse:
    """The published input of a quadratic fund, as its digest is taken of it."""
    shown = _visible(request, slug)
    if not shown.published_input:
        raise Http404
    response = JsonResponse(
        shown.published_input, json_dumps_params={"sort_keys": True, "ensure_ascii": False}
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{shown.slug}-input.json"'
    return response


@access(PUBLIC)
@require_safe
def program(request: HttpRequest) -> HttpResponse:
    """The program that recomputes a published input, as it runs here."""
    response = HttpResponse(
        Path(quadratic.__file__).read_bytes(), content_type="text/x-python; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="quadratic.py"'
    return response


@access(SIGNED_IN)
def challenge(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Challenges a published input."""
    shown = _visible(request, slug)
    form = ChallengeForm(request.POST or None)
    raise_it = partial(challenges.challenge, actor=request.user, fund=shown, at=clock.now())
    if form.accepted(lambda: raise_it(**form.cleaned_data)):
        done = _("Your challenge is published. The city answers it before anything is paid.")
        messages.success(request, done)
        return redirect(f"{shown.get_absolute_url()}#challenges")
    context = {
        "fund": shown,
        "form": form,
        "takes_challenges": takes_challenges(shown),
        "until": challenged_until(shown),
    }
    return render(request, "matching/challenge.html", context, status=422 if form.errors else 200)


def _visible(request: HttpRequest, slug: str) -> MatchFund:
    return get_object_or_404(queries.funds(request.user), slug=slug)
