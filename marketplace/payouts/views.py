"""Where an organisation is paid, for its owners; and the money trail of a project, for everybody."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from civic.accounts.models import Organisation
from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access, require_password
from civic.core.forms import typed
from civic.core.policies import require
from marketplace.campaigns.models import Campaign
from marketplace.ledger import labels, queries, trail
from marketplace.payouts.forms import BankDetailsForm
from marketplace.payouts.operations import bank_details
from projects.proposals.models import Project


@access(SIGNED_IN)
def details(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Shows the account in use and names another, after the password (ASVS 7.5.3)."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    require(request.user, "name_bank_details", organisation)
    known = list(organisation.bank_details.all()[:5])
    form = BankDetailsForm.of(known[0] if known else None, request.POST)
    if request.method == "POST":
        require_password(request, [(_("Organisation"), organisation), *typed(form)])
    enter = partial(bank_details.enter_details, actor=request.user, organisation=organisation, at=clock.now())
    if form.accepted(lambda: enter(**form.cleaned_data)):
        messages.success(request, _("Saved. Every owner of the organisation is told of it."))
        return redirect("payouts:bank", slug=slug)
    context = {"organisation": organisation, "form": form, **_accounts(known)}
    return render(request, "payouts/bank.html", context, status=422 if form.errors else 200)


def _accounts(known: list[bank_details.BankDetails]) -> dict[str, object]:
    now = clock.now()
    used = next((row for row in known if row.usable_from <= now), None)
    waiting = known[0] if known and known[0].usable_from > now else None
    return {"used": used, "waiting": waiting, "wait_days": settings.BANK_DETAILS_WAIT_DAYS}


PARTS = ("held", "committed", "released")


@access(PUBLIC)
@require_safe
def money(request: HttpRequest, slug: str) -> HttpResponse:
    """From the ledger itself, whoever asks: balances of the accounts, then what moved, newest first."""
    project = get_object_or_404(Project.objects.public(), slug=slug)
    campaigns = list(Campaign.objects.public().filter(project=project).order_by("-opened_at"))
    codes = [campaign.account(part) for campaign in campaigns for part in PARTS]
    after = request.GET.get("after", "")
    context: dict[str, Any] = {"project": project, "campaigns": campaigns, "first": after and "?"}
    if campaigns:
        book = campaigns[0].book
        moved = trail.trail(book, codes, after=after)
        balances, names = queries.balances(book, codes), labels.named(codes)
        context |= {
            "steps": moved.steps,
            "next": f"?after={moved.next}" if moved.next else "",
            "balances": [
                (names[code], amount) for code in codes for amount in balances.get(code, []) if amount
            ],
        }
    return render(request, "payouts/money.html", context)
