"""The desk of match funds: prepared, opened, filled by two people, frozen, challenged, shared out."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.desk import Desk, Entering, verb
from civic.core.errors import Refused
from civic.core.policies import may
from civic.core.reasons import with_reason
from marketplace.matching.forms.desk import DepositForm, EnrolForm, ExclusionForm, FundForm
from marketplace.matching.models import Allocation, Challenge, Deposit, Exclusion, MatchFund
from marketplace.matching.operations import challenges, deposits, exclusions, funds, quadratic_allocation
from marketplace.matching.queries.funds import pot, with_sums
from marketplace.matching.states import MatchFundState


@admin.register(MatchFund)
class MatchFundAdmin(Desk):
    """Terms can be changed while a fund is being prepared; the rest are verbs."""

    form = FundForm
    list_display = ("title", "rule", "state", "since", "paid_in", "free", "freezes_at", "public_page")
    list_filter = ("state", "rule")
    list_select_related = ("funder",)
    search_fields = ("title",)
    ordering = ("-created_at",)
    autocomplete_fields = ("funder",)
    actions = (
        verb(funds.open_fund, "fund", _("Open: everybody sees it, its terms stay")),
        verb(quadratic_allocation.settle, "fund", _("Share out by the published input (quadratic)")),
    )

    def may_act(self, request: HttpRequest) -> bool:
        return may(request.user, "run", MatchFund)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "run", MatchFund)

    def has_change_permission(self, request: HttpRequest, obj: MatchFund | None = None) -> bool:
        return may(request.user, "run", MatchFund) and (obj is None or obj.state == MatchFundState.DRAFT)

    def get_queryset(self, request: HttpRequest) -> QuerySet[MatchFund]:
        return with_sums(super().get_queryset(request)).defer("published_input")

    def get_fieldsets(self, request: HttpRequest, obj: MatchFund | None = None) -> Any:
        terms = list(FundForm.base_fields)
        if self.has_change_permission(request, obj):
            return [(None, {"fields": terms})]
        kept = [field.name for field in MatchFund._meta.fields if field.name != "published_input"]
        return [(None, {"fields": kept})]

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> MatchFund:
        if change:
            return funds.change_fund(
                actor=signed_in(request), fund=form.instance, terms=form.terms(), at=clock.now()
            )
        return funds.create_fund(actor=signed_in(request), terms=form.terms(), at=clock.now())

    def save_model(self, request: HttpRequest, obj: MatchFund, form: Any, change: bool) -> None:
        """The operation has written it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """There is nothing beside it."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A refusal undoes the whole and comes back as a message."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, str(refusal.detail))
            return redirect(request.get_full_path())

    @admin.display(description=_("since"), ordering="state_since")
    def since(self, fund: MatchFund) -> Any:
        return fund.state_since

    @admin.display(description=_("paid in"))
    def paid_in(self, fund: MatchFund) -> str:
        return pot(fund).paid_in.format()

    @admin.display(description=_("free"))
    def free(self, fund: MatchFund) -> str:
        return pot(fund).free.format()

    @admin.display(description=_("public page"))
    def public_page(self, fund: MatchFund) -> str:
        return format_html('<a href="{}">{}</a>', fund.get_absolute_url(), _("Open"))


@admin.register(Deposit)
class DepositAdmin(Entering, Desk):
    """Entered by one finance officer, confirmed by another."""

    entry_form = DepositForm
    list_display = ("fund", "amount", "note", "entered_by", "created_at", "confirmed_by", "confirmed_at")
    list_filter = (("confirmed_at", admin.EmptyFieldListFilter), "fund")
    list_select_related = ("fund", "entered_by", "confirmed_by")
    ordering = ("-created_at",)
    actions = (
        verb(deposits.confirm_deposit, "deposit", _("Confirm what somebody else entered")),
        with_reason(deposits.discard_deposit, "deposit", _("Take away what was entered by mistake")),
    )

    def may_act(self, request: HttpRequest) -> bool:
        return may(request.user, "keep", "books")

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
    def amount(self, deposit: Deposit) -> str:
        return deposit.amount.format()


@admin.register(Allocation)
class AllocationAdmin(Entering, Desk):
    """Which campaigns take part, and what is guaranteed and estimated for each."""

    entry_form = EnrolForm
    list_display = ("fund", "project", "state", "guaranteed", "set_aside", "estimated", "state_since")
    list_filter = ("state", "fund")
    list_select_related = ("fund", "campaign__project")
    search_fields = ("campaign__project__title", "fund__title")
    ordering = ("-created_at",)

    def may_act(self, request: HttpRequest) -> bool:
        return may(request.user, "run", MatchFund)

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
    def guaranteed(self, row: Allocation) -> str:
        return row.fund.money(row.amount_minor).format()

    @admin.display(description=_("set aside"), ordering="set_aside_minor")
    def set_aside(self, row: Allocation) -> str:
        return row.fund.money(row.set_aside_minor).format()

    @admin.display(description=_("estimated"), ordering="estimated_minor")
    def estimated(self, row: Allocation) -> str:
        return row.fund.money(row.estimated_minor).format()


@admin.register(Exclusion)
class ExclusionAdmin(Entering, Desk):
    """Related parties beyond those that are found by themselves."""

    entry_form = ExclusionForm
    list_display = ("campaign", "person", "reason", "created_at")
    list_select_related = ("campaign__project", "person")
    autocomplete_fields = ("person",)
    ordering = ("-created_at",)

    def may_act(self, request: HttpRequest) -> bool:
        return may(request.user, "run", MatchFund)

    def enter(self, request: HttpRequest, cleaned: dict[str, Any]) -> Exclusion:
        """One operation."""
        return exclusions.exclude(actor=signed_in(request), at=clock.now(), **cleaned)


@admin.register(Challenge)
class ChallengeAdmin(Desk):
    """Objections, those that wait longest first; the answer is the reason."""

    list_display = ("fund", "text", "state", "created_at", "answer", "answered_by")
    list_filter = ("state", "fund")
    list_select_related = ("fund", "answered_by")
    ordering = ("created_at",)
    actions = (
        with_reason(challenges.uphold, "challenge", _("It is right: freeze anew (correct it first)")),
        with_reason(challenges.reject, "challenge", _("It is wrong")),
    )

    def may_act(self, request: HttpRequest) -> bool:
        return may(request.user, "run", MatchFund)
