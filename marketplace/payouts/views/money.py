"""The money trail of a project: every movement of its campaigns, and what is on their accounts now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from civic.core.access import PUBLIC, access
from marketplace.campaigns.models import Campaign
from marketplace.ledger import labels, queries, trail
from projects.proposals.models import Project

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
