"""The desk of payouts: a queue by what each waits for and how long; what keeps money where it is."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.admin import OperationAdmin, ReadOnlyAdmin
from civic.core.money import Money
from civic.core.staff_actions import StaffAction
from civic.core.templatetags.exchange import ago
from marketplace.payouts import remainder
from marketplace.payouts.forms import DoubtForm, ReturnForm
from marketplace.payouts.models import Approval, BankDetails, Hold, Payout, Return
from marketplace.payouts.operations import holds, payouts, returns
from marketplace.payouts.states import PayoutState, ReturnState

WAITING = [PayoutState.PLANNED, PayoutState.REQUESTED, PayoutState.FAILED, PayoutState.REVERSED]


book = partial(StaffAction, thing="payout", permission=("keep", "books"), sensitive=True)


@admin.register(Payout)
class PayoutAdmin(ReadOnlyAdmin):
    """Money to read; requesting, approving and sending back are actions of different people."""

    list_display = (
        "project",
        "milestone",
        "money",
        "state",
        "waits_for",
        "waits_since",
        "requested_by",
        "approved_by",
    )
    list_filter = ("state",)
    list_select_related = ("campaign__project__organisation", "milestone", "requested_by", "details")
    search_fields = ("campaign__project__title",)
    # What waits comes first, the longest at the top.
    ordering = (Case(When(state__in=WAITING, then=0), default=1).asc(), "state_since")
    actions = (
        book(
            payouts.request_payout,
            title=_("Request"),
            reason="none",
            explanation=_("Others of the finance officers are asked to approve it."),
        ),
        book(
            payouts.approve_payout,
            title=_("Approve what somebody else requested"),
            reason="none",
            sensitive=True,
            explanation=_("With the last approval that is needed the money is sent."),
        ),
        book(payouts.send_back, title=_("Send back")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Payout]:
        rows = super().get_queryset(request).prefetch_related("approvals__person")
        standing = Count("campaign__holds", filter=Q(campaign__holds__lifted_at=None), distinct=True)
        usable = Count(
            "campaign__project__organisation__bank_details",
            filter=Q(campaign__project__organisation__bank_details__usable_from__lte=clock.now()),
            distinct=True,
        )
        given = Count("approvals", filter=Q(approvals__attempt=F("attempt")), distinct=True)
        return rows.annotate(n_holds=standing, n_details=usable, n_approvals=given)

    @admin.display(description=_("project"), ordering="campaign__project__title")
    def project(self, payout: Payout) -> str:
        project = payout.campaign.project
        return format_html('<a href="{}">{}</a>', project.get_absolute_url(), project)

    @admin.display(description=_("amount"), ordering="amount_minor")
    def money(self, payout: Payout) -> Money:
        return payout.amount

    @admin.display(description=_("waits for"))
    def waits_for(self, payout: Any) -> str:
        if payout.state in (PayoutState.SENT, PayoutState.SETTLED):
            return _now("nothing") if payout.state == PayoutState.SETTLED else _now("the provider")
        for holds_up, why in _reasons(payout):
            if holds_up:
                return why
        return _now("your request")

    @admin.display(description=_("waits since"), ordering="state_since")
    def waits_since(self, payout: Payout) -> str:
        return ago(payout.state_since)

    @admin.display(description=_("approved by"))
    def approved_by(self, payout: Payout) -> str:
        given = [str(one.person) for one in payout.approvals.all() if one.attempt == payout.attempt]
        return ", ".join(given) or "–"


def _reasons(payout: Any) -> list[tuple[bool, str]]:
    missing = payout.approvals_needed - payout.n_approvals
    requested = payout.state == PayoutState.REQUESTED
    return [
        (bool(payout.n_holds), _now("a hold to be lifted")),
        (requested, _now("%(missing)s more to approve") % {"missing": missing}),
        (payout.not_before > clock.now(), _now("the end of the risk window")),
        (payout.campaign.project.organisation_id is None, _now("an organisation that can be paid")),
        (not payout.n_details, _now("a bank account that may be used")),
    ]


@admin.register(Approval)
class ApprovalAdmin(ReadOnlyAdmin):
    list_display = ("payout", "person", "attempt", "approved_at")
    list_select_related = ("payout__milestone", "person")
    ordering = ("-approved_at",)


@admin.register(BankDetails)
class BankDetailsAdmin(ReadOnlyAdmin):
    """Where organisations are paid; the number is shown in part."""

    list_display = ("organisation", "holder", "number", "entered_by", "created_at", "usable_from")
    list_select_related = ("organisation", "entered_by")
    search_fields = ("organisation__name", "holder")
    fields = ("organisation", "provider", "holder", "number", "entered_by", "usable_from")
    ordering = ("-created_at",)

    @admin.display(description=_("account"))
    def number(self, details: BankDetails) -> str:
        return details.masked


@admin.register(Hold)
class HoldAdmin(OperationAdmin):
    """What keeps a campaign's money where it is; standing ones first."""

    entry_form = DoubtForm
    list_display = ("project", "kind", "reason", "placed_at", "lifted_at")
    list_filter = (("lifted_at", admin.EmptyFieldListFilter), "kind")
    list_select_related = ("campaign__project",)
    ordering = (F("lifted_at").desc(nulls_first=True), "placed_at")
    actions = (StaffAction(holds.clear, "hold", _("Lift a doubt"), permission=("keep", "books")),)
    entry_permission = ("keep", "books")

    def enter(self, request: HttpRequest, cleaned: dict[str, Any]) -> Hold:
        """One operation."""
        return holds.doubt(actor=signed_in(request), at=clock.now(), **cleaned)

    @admin.display(description=_("project"))
    def project(self, hold: Hold) -> str:
        project = hold.campaign.project
        return format_html('<a href="{}">{}</a>', project.get_absolute_url(), project)


@admin.register(Return)
class ReturnAdmin(OperationAdmin):
    """What projects that ended leave, planned by one and given back by another; what waits comes first."""

    entry_form = ReturnForm
    entry_permission = ("keep", "books")
    list_display = ("project", "money", "to", "state", "proposed_by", "confirmed_by", "reason")
    # The project leads to its page, the amount to the plan.
    list_display_links = ("money",)
    list_filter = ("state",)
    list_select_related = ("campaign__project", "proposed_by", "confirmed_by")
    search_fields = ("campaign__project__title",)
    ordering = (Case(When(state=ReturnState.PROPOSED, then=0), default=1).asc(), "state_since")
    fields = ("project", "money", "plan", "reason", "proposed_by", "confirmed_by", "state", "state_since")
    readonly_fields = ("project", "money", "plan")
    actions = (
        StaffAction(
            returns.confirm_return,
            "returned",
            _("Give back as planned"),
            permission=("keep", "books"),
            reason="none",
            sensitive=True,
            explanation=_(
                "Look at the plan first. Everybody named in it gets the money; it cannot be taken back."
            ),
        ),
        StaffAction(returns.withdraw_return, "returned", _("Withdraw"), permission=("keep", "books")),
    )

    def enter(self, request: HttpRequest, cleaned: dict[str, Any]) -> Return:
        """One operation."""
        return returns.propose_return(actor=signed_in(request), at=clock.now(), **cleaned)

    @admin.display(description=_("project"))
    def project(self, found: Return) -> str:
        project = found.campaign.project
        return format_html('<a href="{}">{}</a>', project.get_absolute_url(), project)

    @admin.display(description=_("amount"), ordering="amount_minor")
    def money(self, found: Return) -> Money:
        return found.amount

    @admin.display(description=_("to"))
    def to(self, found: Return) -> str:
        """How many get something, of each kind."""
        kinds = [share["kind"] for share in found.shares]
        words = {
            remainder.PAYER: _now("payments"),
            remainder.SPONSOR: _now("invoices"),
            remainder.FUND: _now("funds"),
        }
        return ", ".join(f"{kinds.count(kind)} {words[kind]}" for kind in words if kind in kinds)

    @admin.display(description=_("who gets what"))
    def plan(self, found: Return) -> str:
        rows = [
            (one.to, str(one.brought), str(one.back)) for one in remainder.named(found.campaign, found.shares)
        ]
        head = (_now("who"), _now("brought"), _now("gets back"))
        return format_html(
            "<table><thead><tr><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>{}</tbody></table>",
            *head,
            format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td></tr>", rows),
        )
