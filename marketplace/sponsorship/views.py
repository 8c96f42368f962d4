"""Sponsors on the site: what a campaign offers, the offer of an organisation, and its sponsorships."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from civic.accounts.models import Organisation
from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock, events
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.policies import may, require
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.invoicing import queries as invoicing
from marketplace.invoicing.models import Issuer
from marketplace.invoicing.operations import payment_requests
from marketplace.invoicing.queries import online_for
from marketplace.invoicing.vat import vat_on
from marketplace.sponsorship import queries
from marketplace.sponsorship.forms import PackageForms, PackagesForm, PayForm, SponsorForm, StepForm, rows_of
from marketplace.sponsorship.models import Sponsorship
from marketplace.sponsorship.operations import packages as packaging
from marketplace.sponsorship.operations import sponsorships
from marketplace.sponsorship.states import SponsorshipState


def visible_campaign(request: HttpRequest, pk: UUID) -> Campaign:
    """A campaign that the actor may see; 404 otherwise."""
    return get_object_or_404(Campaign.objects.visible_to(request.user).select_related("project__call"), pk=pk)


@access(PUBLIC)
@require_safe
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The packages with their benefits and places left, and who sponsors already."""
    campaign = visible_campaign(request, pk)
    context = {
        "campaign": campaign,
        "project": campaign.project,
        "sponsors": queries.sponsors_of(campaign, clock.now()),
        "declares": campaign.state == CampaignState.DRAFT and may(request.user, "declare_packages", campaign),
    }
    return render(request, "sponsorship/sponsor_choose.html", context)


@access(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "POST"])
def sponsor(request: AuthenticatedRequest, pk: UUID, package: UUID) -> HttpResponse:
    """The form; sent with `step=review` it is shown once more to be looked over, with `step=offer` it is an offer."""
    campaign = visible_campaign(request, pk)
    sponsors = queries.sponsors_of(campaign, clock.now())
    choice = next((one for one in sponsors.choices if one.package.pk == package), None)
    if choice is None or (not (choice.free and sponsors.open) and request.method == "GET"):
        messages.info(request, _("This package can’t be taken any more. Here is what there is."))
        return redirect("sponsorship:sponsor-choose", pk=campaign.pk)
    form, step = _form(request), request.POST.get("step")
    if step == "offer" and form.accepted(lambda: _offer(request, form, choice)):
        return redirect(f"{form.made.get_absolute_url()}?thanks")
    return _shown(request, campaign, choice, form, review=step in ("review", "offer") and form.is_valid())


def _form(request: HttpRequest) -> SponsorForm:
    issuer = Issuer.objects.order_by("-created_at", "-id").first()
    organisations = queries.organisations_of(request.user)
    return SponsorForm(request.POST or None, organisations=organisations, issuer=issuer)


def _offer(request: AuthenticatedRequest, form: SponsorForm, choice: queries.Choice) -> Sponsorship:
    return sponsorships.offer(
        actor=request.user,
        package=choice.package,
        organisation=form.cleaned_data["organisation"],
        conflict=form.statement,
        billing=form.billing,
        token=form.cleaned_data["token"],
        at=clock.now(),
    )


def _shown(
    request: HttpRequest, campaign: Campaign, choice: queries.Choice, form: SponsorForm, *, review: bool
) -> HttpResponse:
    context: dict[str, Any] = {
        "campaign": campaign,
        "project": campaign.project,
        "choice": choice,
        "form": form,
        "organisations": form.fields["organisation"].queryset.exists(),  # type: ignore[attr-defined]
    }
    if review:
        with form.refusals():
            billing = sponsorships.check_billing(form.billing)
            context |= {"billing": billing, "sums": _sums(choice, billing)}
    looks = review and form.is_valid()
    template = "sponsorship/sponsor_review.html" if looks else "sponsorship/sponsor.html"
    wrong = form.is_bound and not form.is_valid()
    return render(request, template, context, status=422 if wrong else 200)


def _sums(choice: queries.Choice, billing: sponsorships.Billing) -> dict[str, Any]:
    """Net, VAT and gross as the invoice will say them."""
    issuer = Issuer.objects.latest("created_at")
    package = choice.package
    owed = vat_on(package.amount_minor, issuer=issuer, country=billing.country, vat_id=billing.vat_id)
    money = package.campaign.money
    return {
        "net": package.amount,
        "vat": money(owed.minor),
        "gross": money(package.amount_minor + owed.minor),
        "reverse": owed.category == "AE",
        "rate": f"{owed.rate_bp / 100:g} %",
        "days": issuer.payment_days,
    }


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def packages(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The team's packages, until the campaign opens."""
    campaign = visible_campaign(request, pk)
    require(request.user, "declare_packages", campaign)
    rows = PackageForms(
        request.POST or None,
        initial=rows_of(list(campaign.packages.all())),
        prefix="package",
        form_kwargs={"currency": campaign.currency},
    )
    form = PackagesForm(request.POST or None)
    parts = [row.part() for row in rows if row.is_filled] if rows.is_valid() else []
    declare = partial(packaging.declare, actor=request.user, campaign=campaign, parts=parts, at=clock.now())
    if rows.is_valid() and form.accepted(declare):
        messages.success(request, _("The packages are kept."))
        return redirect("sponsorship:sponsor-choose", pk=campaign.pk)
    wrong = rows.is_bound and bool(form.errors or not rows.is_valid())
    context = {"campaign": campaign, "project": campaign.project, "rows": rows, "form": form}
    return render(request, "sponsorship/packages.html", context, status=422 if wrong else 200)


STEPS: dict[str, tuple[Any, str]] = {
    "contract": (sponsorships.contract, _("The terms are accepted. The invoice comes by e-mail.")),
    "withdraw": (sponsorships.withdraw, _("Your offer is taken back.")),
    "fulfil": (sponsorships.fulfil, _("Thank you for telling us.")),
}
WAY = [
    (SponsorshipState.OFFERED, _("Offer")),
    (SponsorshipState.CONFLICT_CHECKED, _("Check by the city")),
    (SponsorshipState.CONTRACTED, _("Terms")),
    (SponsorshipState.INVOICED, _("Invoice")),
    (SponsorshipState.PAID, _("Payment")),
    (SponsorshipState.FULFILLED, _("Benefits")),
]
SAME_STATION = {SponsorshipState.PART_PAID: SponsorshipState.INVOICED}


def visible_sponsorship(request: HttpRequest, pk: UUID) -> Sponsorship:
    """A sponsorship that the actor may see whole; 404 otherwise."""
    seen = Sponsorship.objects.visible_to(request.user)
    rows = seen.select_related("campaign__project__call", "organisation", "package")
    return get_object_or_404(rows, pk=pk)


@access(SIGNED_IN)
@never_cache
@require_safe
def sponsorship(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Where it stands, what comes next, how to pay, the invoices and the benefits."""
    return _page(request, visible_sponsorship(request, pk), StepForm())


def _page(request: HttpRequest, found: Sponsorship, form: StepForm | PayForm) -> HttpResponse:
    acts = may(request.user, "sponsor_for", found.organisation)
    today = localdate(clock.now())
    papers = [invoicing.Shown(one, today) for one in invoicing.with_notes(found.invoice_id, request.user)]
    owed = next((paper for paper in papers if paper.state in ("open", "overdue")), None)
    succeeded = found.campaign.state == CampaignState.SUCCEEDED
    context = {
        "sponsorship": found,
        "project": found.campaign.project,
        "organisation": found.organisation,
        "thanks": "thanks" in request.GET,
        "steps": way(found),
        "papers": papers,
        "owed": owed,
        "transfer": invoicing.transfer_for(owed.invoice) if owed else None,
        "disputes": [one for one in invoicing.payments_of(papers[0].invoice) if one.is_contested]
        if papers
        else [],
        "claims": invoicing.claims_on(papers[0].invoice) if papers and acts else [],
        "kept": invoicing.kept_of(papers[0].invoice) if papers and acts else [],
        "online": online_for(owed.invoice) if owed and acts else [],
        "issuer": Issuer.objects.order_by("-created_at", "-id").first(),
        "contracts": acts
        and found.can("contract")
        and not queries.why_no_sponsor(found.campaign, clock.now()),
        "withdraws": acts and found.state in sponsorships.NOT_CONTRACTED,
        "fulfils": succeeded and found.can("fulfil") and may(request.user, "fulfil", found),
        "ending": _ending(found),
        "form": form,
    }
    return render(request, "sponsorship/sponsorship.html", context, status=422 if form.errors else 200)


def _ending(found: Sponsorship) -> str:
    """Why it ended, where somebody said so."""
    kinds = ["sponsorship.lapsed", "sponsorship.credited"]
    last = events.about(found).filter(kind__in=kinds).order_by("-seq").first()
    return last.note if last else ""


def way(found: Sponsorship) -> list[dict[str, str]]:
    """The stations for components/stepper.html; none of what has ended before its time."""
    states = [str(state) for state, _title in WAY]
    state = str(SAME_STATION.get(SponsorshipState(found.state), found.state))
    if state not in states:
        return []
    done = states.index(state)
    marks = ["done"] * (done + 1) + ["current"] + ["todo"] * len(WAY)
    return [{"title": str(title), "state": mark} for (_state, title), mark in zip(WAY, marks, strict=False)]


@access(SIGNED_IN)
@require_POST
def step(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Accepts the terms, takes the offer back, confirms the benefits."""
    found, form = visible_sponsorship(request, pk), StepForm(request.POST)
    operation, done = STEPS.get(request.POST.get("verb", ""), (None, ""))
    if operation and form.accepted(lambda: operation(actor=request.user, sponsorship=found, at=clock.now())):
        messages.success(request, done)
        return redirect(found)
    return _page(request, found, form)


@access(SIGNED_IN)
@require_POST
def pay(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """On to a provider with what is open of the invoice."""
    found, form = visible_sponsorship(request, pk), PayForm(request.POST)
    if found.invoice is None:
        raise Http404
    ask = partial(payment_requests.ask_online, actor=request.user, invoice=found.invoice, at=clock.now())
    if form.accepted(lambda: ask(**form.cleaned_data)):
        return redirect("payments:payment", pk=form.made.pk)
    return _page(request, found, form)


@access(SIGNED_IN)
@never_cache
@require_safe
def of_organisation(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What an organisation sponsors, with its invoices, for those who act for it and for the desk."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    if not may(request.user, "read_sponsorships", organisation):
        raise Http404
    today = localdate(clock.now())
    listed = [
        (one, [invoicing.Shown(invoice, today) for invoice in queries.invoices_of(one)])
        for one in queries.listed(organisation)
    ]
    context = {"organisation": organisation, "listed": listed}
    return render(request, "sponsorship/organisation_sponsorships.html", context)
