"""The desk of match funds: prepared, opened, filled by two people, frozen, challenged, shared out."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.admin import OperationAdmin, ReadOnlyAdmin
from civic.core.money import Money
from civic.core.policies import may
from civic.core.staff_actions import StaffAction
from marketplace.matching.forms import DepositForm, EnrolForm, ExclusionForm, FundForm, ReturnForm
from marketplace.matching.models import Allocation, Challenge, Deposit, Exclusion, FundReturn, MatchFund
from marketplace.matching.operations import (
    challenges,
    deposits,
    exclusions,
    funds,
    quadratic_allocation,
    returns,
)
from marketplace.matching.queries.funds import pot, with_sums
from marketplace.matching.states import MatchFundState

run = partial(StaffAction, thing="fund", permission=("run", MatchFund), sensitive=True)


@admin.register(MatchFund)
class MatchFundAdmin(OperationAdmin):
    """Terms can be changed while a fund is being prepared; the rest are verbs."""

    form = FundForm
    list_display = ("title", "rule", "state", "since", "paid_in", "free", "freezes_at", "page")
    list_filter = ("state", "rule")
    list_select_related = ("funder",)
    search_fields = ("title",)
    ordering = ("-created_at",)
    autocomplete_fields = ("funder",)
    actions = (
        run(
            funds.open_fund,
            title=_("Open"),
            reason="none",
            explanation=_("Everybody sees the fund, and its terms stay as they are."),
        ),
        run(
            quadratic_allocation.settle,
            title=_("Share out by the published input (quadratic)"),
            reason="none",
            explanation=_("Each project gets its share of the fund. This cannot be undone."),
        ),
        StaffAction(
            returns.request_return,
            "fund",
            _("Give the rest back to the funder"),
            permission=("keep", "books"),
            form=ReturnForm,
            explanation=_("All that is free in a fund that is over. Another finance officer approves it."),
        ),
    )
    entry_permission = ("run", MatchFund)

    def has_change_permission(self, request: HttpRequest, obj: MatchFund | None = None) -> bool:
        return may(request.user, "run", MatchFund) and (obj is None or obj.state == MatchFundState.DRAFT)

    def get_queryset(self, request: HttpRequest) -> QuerySet[MatchFund]:
        return with_sums(super().get_queryset(request)).defer("published_input", "frozen_pledges")

    def get_fieldsets(self, request: HttpRequest, obj: MatchFund | None = None) -> Any:
        terms = list(FundForm.base_fields)
        if self.has_change_permission(request, obj):
            return [(None, {"fields": terms})]
        long = ("published_input", "frozen_pledges")
        kept = [field.name for field in MatchFund._meta.fields if field.name not in long]
        return [(None, {"fields": kept})]

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> MatchFund:
        if change:
            return funds.change_fund(
                actor=signed_in(request), fund=form.instance, terms=form.terms(), at=clock.now()
            )
        return funds.create_fund(actor=signed_in(request), terms=form.terms(), at=clock.now())

    @admin.display(description=_("since"), ordering="state_since")
    def since(self, fund: MatchFund) -> Any:
        return fund.state_since

    @admin.display(description=_("paid in"))
    def paid_in(self, fund: MatchFund) -> Money:
        return pot(fund).paid_in

    @admin.display(description=_("free"))
    def free(self, fund: MatchFund) -> Money:
        return pot(fund).free


give = partial(StaffAction, thing="returned", permission=("keep", "books"), sensitive=True)


@admin.register(FundReturn)
class FundReturnAdmin(ReadOnlyAdmin):
    """What goes back to funders: requested at the fund, approved here by another finance officer."""

    list_display = (
        *("fund", "amount", "state", "requested_by", "holder", "destination", "approved_by", "state_since"),
    )
    list_filter = ("state", "fund")
    list_select_related = ("fund", "requested_by", "approved_by")
    ordering = ("-created_at",)
    actions = (
        give(
            returns.approve_return,
            title=_("Approve what somebody else requested"),
            reason="none",
            sensitive=True,
            explanation=_("The money is sent to this account at once."),
        ),
        give(returns.withdraw_return, title=_("Withdraw")),
    )

    @admin.display(description=_("amount"), ordering="amount_minor")
    def amount(self, returned: FundReturn) -> Money:
        return returned.amount


confirm = partial(StaffAction, thing="deposit", permission=("keep", "books"), sensitive=True)


@admin.register(Deposit)
class DepositAdmin(OperationAdmin):
    """Entered by one finance officer, confirmed by another."""

    entry_form = DepositForm
    list_display = (
        "fund",
        "amount",
        "note",
        "entered_by",
        "created_at",
        "confirmed_by",
        "confirmed_at",
        "taken_back_at",
    )
    list_filter = (("confirmed_at", admin.EmptyFieldListFilter), "fund")
    list_select_related = ("fund", "entered_by", "confirmed_by")
    ordering = ("-created_at",)
    actions = (
        confirm(
            deposits.confirm_deposit,
            title=_("Confirm what somebody else entered"),
            reason="none",
            explanation=_("The fund has this money from now on."),
        ),
        confirm(deposits.discard_deposit, title=_("Take away what was entered by mistake")),
    )
    entry_permission = ("keep", "books")

    def enter(self, request: HttpRequest, cleaned: dict[str, Any]) -> Deposit:
        """One operation."""
        return deposits.enter_deposit(
            actor=signed_in(request),
            fund=cleaned["fund"],
            amount_minor=cleaned["amount_minor"],
            note=cleaned["note"],
            at=clock.now(),
        )

    @admin.display(description=_("amount"), ordering="amount_minor")
    def amount(self, deposit: Deposit) -> Money:
        return deposit.amount


@admin.register(Allocation)
class AllocationAdmin(OperationAdmin):
    """Which campaigns take part, and what is guaranteed and estimated for each."""

    entry_form = EnrolForm
    list_display = ("fund", "project", "state", "guaranteed", "set_aside", "estimated", "state_since")
    list_filter = ("state", "fund")
    list_select_related = ("fund", "campaign__project")
    search_fields = ("campaign__project__title", "fund__title")
    ordering = ("-created_at",)

    entry_permission = ("run", MatchFund)

    def enter(self, request: HttpRequest, cleaned: dict[str, Any]) -> Allocation:
        """One operation."""
        return funds.enrol(
            actor=signed_in(request), fund=cleaned["fund"], campaign=cleaned["campaign"], at=clock.now()
        )

    @admin.display(description=_("project"))
    def project(self, row: Allocation) -> str:
        return format_html(
            '<a href="{}">{}</a>', row.campaign.project.get_absolute_url(), row.campaign.project
        )

    @admin.display(description=_("guaranteed"), ordering="amount_minor")
    def guaranteed(self, row: Allocation) -> Money:
        return row.fund.money(row.amount_minor)

    @admin.display(description=_("set aside"), ordering="set_aside_minor")
    def set_aside(self, row: Allocation) -> Money:
        return row.fund.money(row.set_aside_minor)

    @admin.display(description=_("estimated"), ordering="estimated_minor")
    def estimated(self, row: Allocation) -> Money:
        return row.fund.money(row.estimated_minor)


@admin.register(Exclusion)
class ExclusionAdmin(OperationAdmin):
    """Related parties beyond those that are found by themselves."""

    entry_form = ExclusionForm
    list_display = ("campaign", "person", "reason", "created_at")
    list_select_related = ("campaign__project", "person")
    ordering = ("-created_at",)

    entry_permission = ("run", MatchFund)

    def enter(self, request: HttpRequest, cleaned: dict[str, Any]) -> Exclusion:
        """One operation."""
        return exclusions.exclude(actor=signed_in(request), at=clock.now(), **cleaned)


answer = partial(StaffAction, thing="challenge", permission=("run", MatchFund))


@admin.register(Challenge)
class ChallengeAdmin(ReadOnlyAdmin):
    """Objections, those that wait longest first; the answer is the reason."""

    list_display = ("fund", "text", "state", "created_at", "answer", "answered_by")
    list_filter = ("state", "fund")
    list_select_related = ("fund", "answered_by")
    ordering = ("created_at",)
    actions = (
        answer(
            challenges.uphold,
            title=_("It is right: freeze anew"),
            explanation=_(
                "Correct what is wrong first: the input is published anew as it is then. Where nothing was corrected "
                "this is refused."
            ),
        ),
        answer(challenges.reject, title=_("It is wrong")),
    )
