"""What a project that has ended has left, and whose it is: read only, for the plan that two people see."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet, Sum
from django.utils.translation import gettext as _

from civic.core.errors import Text
from civic.core.money import Money, allocate
from marketplace.campaigns import accounts
from marketplace.campaigns.conditions import why_unpayable
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.states import CampaignState
from marketplace.invoicing.models import Invoice, InvoicePayment
from marketplace.ledger import queries as ledger
from marketplace.matching.models import Allocation
from marketplace.matching.states import AllocationState
from marketplace.payments.models import Charge, Dispute
from marketplace.payments.states import REFUNDABLE
from marketplace.payouts.models import Payout
from marketplace.payouts.queries import due, why_held
from marketplace.payouts.states import PayoutState
from marketplace.sponsorship.models import Sponsorship
from projects.proposals.states import ProjectState

PAYER, SPONSOR, FUND = KINDS = ("charge", "invoice", "allocation")
OVER = [ProjectState.FAILED, ProjectState.CANCELLED]


class Share(NamedTuple):
    """What goes back to one who brought money: `key` is the id of the charge, the invoice or the allocation."""

    kind: str
    key: str
    minor: int

    def kept(self) -> dict[str, object]:
        """As it stands in the plan."""
        return self._asdict()


@dataclass(frozen=True)
class Named:
    """A share with who gets it, for the desk."""

    to: str
    brought: Money
    back: Money


def left(campaign: Campaign) -> Money:
    """What the campaign has."""
    return ledger.balance(accounts.of_campaign(campaign, "committed"))


def why_none(campaign: Campaign) -> Text | None:
    """Why nothing of the campaign can go back now, in words; None where it can."""
    if campaign.state != CampaignState.SUCCEEDED or campaign.project.state not in OVER:
        return _(
            "Only what is left of a project that was given up or cancelled after its success goes back so."
        )
    if why := why_held(campaign):
        return why
    # What was accepted is the project's: paid first, it is not shared out among those who gave it.
    waiting = Payout.objects.filter(campaign=campaign).exclude(state=PayoutState.SETTLED)
    if any(_can_leave(payout) for payout in waiting.select_related("milestone", "campaign__project")):
        return _("Payouts for accepted milestones are not settled yet. Pay them first, or send them back.")
    if not left(campaign):
        return _("Nothing is left of this campaign’s money.")
    if not brought(campaign):
        return _("Nobody is left to whom money of this campaign could go back.")
    return None


def _can_leave(payout: Payout) -> bool:
    """Whether its money may still go to the project: set apart for it, or due and payable to somebody.

    Else everybody's money would wait for a payout that nobody can request.
    """
    if payout.released_at is not None:
        return True
    campaign = payout.campaign
    return bool(due(payout.milestone, campaign, payout)) and not why_unpayable(campaign.project)


def shares(campaign: Campaign) -> list[Share]:
    """What goes back to whom, in the order of `KINDS` and ids; those who get nothing are left out.

    Largest remainder, so that the sum is exact to the cent: each share rounded by itself would leave some on the
    account or take more than there is. No share exceeds what was brought: together no more goes back than that either.
    """
    weights = brought(campaign)
    most = campaign.money(sum(weights.values()))
    parts = allocate(min(left(campaign), most), list(weights.values()))
    return [Share(*who, part.minor) for who, part in zip(weights, parts, strict=True) if part]


def brought(campaign: Campaign) -> dict[tuple[str, str], int]:
    """What everybody brought and has not got back, in minor units; sponsors without VAT, which never was the project's.

    What was lost in a dispute has gone back by itself.
    """
    found = {(PAYER, str(key)): minor for key, minor in _charges(campaign).values_list("pk", "rest")}
    found |= {(SPONSOR, str(key)): minor for key, minor in _invoices(campaign).values_list("invoice", "net")}
    paid = Allocation.objects.filter(campaign=campaign, state=AllocationState.PAID, amount_minor__gt=0)
    found |= {(FUND, str(key)): minor for key, minor in paid.order_by("pk").values_list("pk", "amount_minor")}
    return found


def named(campaign: Campaign, kept: list[dict[str, Any]]) -> list[Named]:
    """A plan with names: of people as the desk knows them, of organisations and of funds; three statements and one."""
    by = {kind: {share["key"] for share in kept if share["kind"] == kind} for kind in KINDS}
    names: dict[str, tuple[str, int]] = {}
    for charge in Charge.objects.filter(pk__in=by[PAYER]).select_related("payer"):
        names[str(charge.pk)] = str(charge.payer or _("somebody without an account")), charge.amount_minor
    for invoice in Invoice.objects.filter(pk__in=by[SPONSOR]).select_related("organisation"):
        names[str(invoice.pk)] = f"{invoice.organisation} · {invoice.number}", invoice.net_minor
    for one in Allocation.objects.filter(pk__in=by[FUND]).select_related("fund"):
        names[str(one.pk)] = str(one.fund), one.amount_minor
    return [
        Named(names[share["key"]][0], campaign.money(names[share["key"]][1]), campaign.money(share["minor"]))
        for share in kept
    ]


def _charges(campaign: Campaign) -> QuerySet[Any]:
    pledges = Pledge.objects.filter(campaign=campaign).values_list("pk", flat=True)
    months = Instalment.objects.filter(pledge__campaign=campaign).values_list("pk", flat=True)
    own = [*(f"pledge:{key}" for key in pledges), *(f"instalment:{key}" for key in months)]
    rows = Charge.objects.filter(purpose__in=own, state__in=REFUNDABLE)
    rest = F("figures__paid") - F("figures__returned")
    return rows.annotate(rest=rest).filter(rest__gt=0).order_by("pk")


def _invoices(campaign: Campaign) -> QuerySet[Any]:
    own = Sponsorship.objects.filter(campaign=campaign, invoice__isnull=False).values("invoice")
    # How much of the net a dispute took is not written before its loss is heard of.
    unheard = Dispute.objects.filter(charge=OuterRef("charge"), lost_minor__gt=0, reversals=None)
    rows = InvoicePayment.objects.filter(~Exists(unheard), charge__state__in=REFUNDABLE, invoice__in=own)
    standing = rows.standing().order_by("invoice")
    return standing.values("invoice").annotate(net=Sum("stands_net_minor")).filter(net__gt=0)
