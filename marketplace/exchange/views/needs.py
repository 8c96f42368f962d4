"""The board of needs, one of them, and the pages on which a project's team writes it, opens it and takes it back."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from civic.accounts.models import Membership
from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access, require_password
from civic.core.forms import typed
from civic.core.paging import page
from civic.core.policies import may, require
from civic.core.steps import Step
from datasets.catalogue.models.dataset import writing
from marketplace.exchange import conditions
from marketplace.exchange.forms import NeedForm
from marketplace.exchange.labels import ANSWERS, HISTORY, NEED_STEPS, OFFER_STEPS
from marketplace.exchange.models import DataNeed
from marketplace.exchange.operations import needs as operations
from marketplace.exchange.queries import needs as queries
from marketplace.exchange.queries.checks import run_checks
from marketplace.exchange.states import NeedState, OfferState
from projects.proposals.models import Project
from projects.proposals.roles import in_team

SIZE = 12
DO: dict[str, Callable[..., Any]] = {"open": operations.open_need, "withdraw": operations.withdraw_need}


@access(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The board, those that opened last first."""
    chosen = request.GET.get("state", "open")
    chosen = chosen if chosen in ("open", "paid", "all") else "open"
    found = page(
        queries.board(request.user, chosen), after=request.GET.get("after", ""), size=SIZE, by="-opened_at"
    )
    held, paid = queries.held_by(found), queries.paid_by(found)
    names = {"open": _("Open"), "paid": _("Paid"), "all": _("All")}
    context = {
        "rows": [(need, held[need.pk], paid[need.pk]) for need in found],
        "tabs": [
            {"title": title, "href": f"?state={name}", "current": name == chosen}
            for name, title in names.items()
        ],
        "next": f"?state={chosen}&after={found.next}" if found.next else "",
    }
    return render(request, "exchange/needs.html", context)


def visible(request: HttpRequest, key: UUID) -> DataNeed:
    """A need that the actor may see, with its project; 404 otherwise."""
    rows = DataNeed.objects.visible_to(request.user).select_related("project", "area", "milestone")
    return get_object_or_404(rows.distinct(), pk=key)


@access(PUBLIC)
@require_safe
def show(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is needed, what lies in the bounty, who gave, who offers, and what was delivered."""
    need = visible(request, key)
    return render(request, "exchange/need.html", _context(request, need))


def _context(request: HttpRequest, need: DataNeed) -> dict[str, Any]:
    at, actor = clock.now(), request.user
    team = in_team(actor, need.project)
    named, others = queries.givers(need)
    waiting = queries.waiting_delivery(need) if need.state == NeedState.DELIVERED else None
    deliveries = list(queries.deliveries_of(need))
    return {
        "need": need,
        "bounty": queries.bounty_of(need),
        "unfinished": queries.unfinished(actor, need) if actor.is_authenticated else [],
        "named": named,
        "others": others,
        "offers": _offers(actor, need, team=team),
        "offers_more": _offers_more(actor, need),
        "deliveries": deliveries,
        "waiting": waiting,
        "checks": run_checks(need, waiting, at) if waiting and not need.is_taken_down else [],
        "answers": list(ANSWERS.items()) if waiting and may(actor, "answer", waiting.offer) else [],
        "history": [
            {
                "title": HISTORY[event.kind],
                "at": event.at,
                "text": "" if need.is_taken_down else event.note,
            }
            for event in queries.history(need)
            if event.kind in HISTORY
        ],
        "steps": [
            (name, step)
            for name, step in NEED_STEPS.items()
            if need.can(name) and may(actor, name, need) and not (name == "open" and need.is_taken_down)
        ],
        "may_edit": team and conditions.why_not_edited(need) is None,
        "why_no_gift": conditions.why_no_gift(need, at),
        "why_no_offer": conditions.why_no_offer(need, at),
        "is_team": team,
    }


def _offers(actor: Any, need: DataNeed, *, team: bool) -> list[dict[str, Any]]:
    """Each offer with the steps that this person may take, by what the person is, asked once for all of them."""
    signed_in = actor.is_authenticated
    acts = set(writing(actor).values_list("organisation", flat=True)) if signed_in else set()
    belongs = Membership.objects.filter(person_id=actor.pk) if signed_in else Membership.objects.none()
    member = set(belongs.values_list("organisation", flat=True))
    shown = []
    for offer in queries.offers_of(need):
        steps: list[tuple[str, Step]] = []
        sees_both = team and offer.organisation_id not in member
        if sees_both and offer.state == OfferState.MADE and need.state == NeedState.OFFERED:
            steps.append(("award", OFFER_STEPS["award"]))
        runs = offer.state == OfferState.AWARDED and need.state == NeedState.AWARDED
        if sees_both and runs:
            steps.append(("release", OFFER_STEPS["release"]))
        if offer.organisation_id in acts and (runs or offer.state == OfferState.MADE):
            steps.append(("withdraw", OFFER_STEPS["withdraw"]))
        shown.append({"offer": offer, "steps": steps, "delivers": runs and offer.organisation_id in acts})
    return shown


def _offers_more(actor: Any, need: DataNeed) -> bool:
    """Whether the person may have another offer to make: an organisation makes one."""
    acts = set(writing(actor).values_list("organisation", flat=True)) if actor.is_authenticated else set()
    live = need.offers.filter(state__in=[OfferState.MADE, OfferState.AWARDED], organisation__in=acts)
    return not acts or live.count() < len(acts)


@access(SIGNED_IN)
@never_cache
def state(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """A new need of a project."""
    seen = Project.objects.visible_to(request.user)
    project = get_object_or_404(seen.distinct(), slug=slug)
    require(request.user, "state_need", project)
    form = NeedForm(project, request.POST or None)
    write = partial(operations.state_need, actor=request.user, project=project, at=clock.now())
    if form.accepted(lambda: write(terms=form.terms())):
        messages.success(request, _("It is kept as a draft. Look it over, and open it."))
        return redirect(form.made)
    return _form_page(request, project, form)


@access(SIGNED_IN)
@never_cache
def edit(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """A draft, changed by the team."""
    need = visible(request, key)
    require(request.user, "edit", need)
    if why := conditions.why_not_edited(need):
        messages.info(request, str(why))
        return redirect(need)
    form = NeedForm(need.project, request.POST or None, need=need)
    write = partial(operations.edit_need, actor=request.user, need=need, at=clock.now())
    if form.accepted(lambda: write(terms=form.terms())):
        messages.success(request, _("It is kept."))
        return redirect(need)
    return _form_page(request, need.project, form, need=need)


def _form_page(request: HttpRequest, project: Project, form: NeedForm, **more: Any) -> HttpResponse:
    context = {"project": project, "form": form, **more}
    return render(request, "exchange/edit.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
def step(request: AuthenticatedRequest, key: UUID, verb: str) -> HttpResponse:
    """Asks whether it is meant, with a reason where one is owed, and does it."""
    need = visible(request, key)
    if verb not in DO or not may(request.user, verb, need):
        raise Http404
    city = not in_team(request.user, need.project)
    return confirm(request, NEED_STEPS[verb], need, partial(DO[verb], need=need), for_city=city)


def confirm(
    request: AuthenticatedRequest,
    words: Step,
    need: DataNeed,
    act: Any,
    *,
    for_city: bool = False,
    **more: Any,
) -> HttpResponse:
    """The page before a step, and the step itself. For the city only with a password, as at the desk."""
    form = words.form(request)
    if for_city and request.method == "POST":
        require_password(request, [(_("Step"), words.button), (_("For"), need.title), *typed(form)])
    if form.accepted(lambda: act(actor=request.user, at=clock.now(), **form.cleaned_data)):
        messages.success(request, str(words.done))
        return redirect(need)
    context = {**words.context(form), "need": need, "cancel_href": need.get_absolute_url(), **more}
    return render(request, "exchange/confirm.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_safe
def mine(request: AuthenticatedRequest) -> HttpResponse:
    """What somebody gave to bounties, and what became of it."""
    found = page(queries.mine(request.user), after=request.GET.get("after", ""), size=SIZE, by="-created_at")
    context = {
        "gifts": queries.with_payments(list(found)),
        "next": f"?after={found.next}" if found.next else "",
    }
    return render(request, "exchange/mine.html", context)
