"""Bank statements and what nobody understood of them; files for the bank, and what providers paid out to it."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.access import require_password
from civic.core.admin import ReadOnlyAdmin
from civic.core.errors import Refused
from civic.core.money import Money
from civic.core.policies import may, require
from civic.core.staff_actions import StaffAction, names_of
from marketplace.payments import operations, queries, statements
from marketplace.payments.forms import OrderForm, ProposalForm, StatementForm
from marketplace.payments.models import (
    BankOrder,
    Settlement,
    Statement,
    StatementLine,
)
from marketplace.payments.operations.came_back import CAME_BACK, may_bring_back
from marketplace.payments.operations.paid_lines import account_said, paid_by, refunded_beside
from marketplace.payments.operations.reversals import borne_of
from marketplace.payments.queries.statements import missing_before
from marketplace.payments.references import spaced
from marketplace.payments.states import LineState

WAITING = [LineState.UNCLEAR, LineState.PROPOSED]


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "account", "format", "closing_on", "missing", "new", "imported_by")
    list_select_related = ("imported_by",)
    ordering = ("-created_at",)
    change_list_template = "admin/payments/statements.html"

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """What is missing before the rows of a page, and how many lines wait to be matched: two statements."""
        page = super().get_changelist_instance(request)
        rows = list(page.result_list)
        found, new = missing_before(rows), queries.being_matched(rows)
        for statement in rows:
            statement.missing, statement.new = found.get(statement.pk, ""), new.get(statement.pk)
        return page

    @admin.display(description=_("missing before it"))
    def missing(self, statement: Statement) -> str:
        return str(getattr(statement, "missing", ""))

    @admin.display(description=_("lines that are still being matched"))
    def new(self, statement: Statement) -> int | None:
        return getattr(statement, "new", None)

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.read_view)
        return [path("read/", view, name="payments_read_statement"), *super().get_urls()]

    def read_view(self, request: HttpRequest) -> HttpResponse:
        """Reads one file, whole or not at all."""
        require(request.user, "keep", "books")
        form = StatementForm(request.POST or None, request.FILES or None)
        content = form.cleaned_data["file"].read() if form.is_valid() else b""
        before = queries.read_before(statements.fingerprint(content))
        read = partial(operations.import_statement, actor=signed_in(request), at=clock.now())
        if form.accepted(lambda: read(content=content)):
            if before:
                when = date_format(localtime(before.created_at), "DATETIME_FORMAT")
                words = _("This file was read already, on %(when)s by %(who)s. Nothing has changed.")
                who = before.imported_by
                self.message_user(request, words % {"when": when, "who": who}, messages.WARNING)
            else:
                self.message_user(request, queries.describe(form.made), messages.SUCCESS)
                for what in missing_before([form.made]).values():
                    warning = _("Between this statement and the one before: %(what)s.")
                    self.message_user(request, warning % {"what": what}, messages.WARNING)
            return redirect("admin:payments_statementline_changelist")
        context = {**self.admin_site.each_context(request), "title": _("Read a bank statement"), "form": form}
        return TemplateResponse(request, "admin/payments/read_statement.html", context)


def numbered(line: StatementLine | None) -> str:
    """A line with its number: others are of the same day, amount and name."""
    return f"{line} ({line.pk})" if line else ""


match = partial(StaffAction, thing="line", permission=("keep", "books"))


@admin.register(StatementLine)
class StatementLineAdmin(ReadOnlyAdmin):
    """What somebody has to look at comes first; what the bank wrote stands behind what became of it."""

    confirm_display = (
        *("booked_on", "amount", "suspense", "name", "text", "reference"),
        *("same_as", "taken_from", "proposal", "target", "goes_back_to", "number", "may_bring", "loses"),
    )
    list_display = (*confirm_display[:2], "state", *confirm_display[2:-2])
    # Two lines of one day and amount are told apart by their number and the statement they stand on.
    export_display = ("id", "statement", *list_display[:-1])
    readonly_fields = ("number", "goes_back_to")
    list_filter = ("state", "statement__format")
    list_select_related = (
        *("statement", "charge", "transfer", "refund__charge"),
        *("bank_order", "duplicate_of__statement", "reverses__statement"),
    )
    search_fields = ("=reference", "name", "text")
    ordering = (Case(When(state__in=WAITING, then=0), default=1).asc(), "-booked_on", "-created_at")
    actions = (
        match(
            operations.propose_line_match,
            title=_("Propose what it is"),
            form=ProposalForm,
            explanation=_("Nothing moves yet: somebody else of the finance officers confirms it."),
        ),
        match(operations.withdraw_line_match, title=_("Take a proposal back"), reason="optional"),
        match(
            operations.confirm_line_match,
            title=_("Confirm what somebody else proposed"),
            reason="none",
            sensitive=True,
            explanation=_(
                "The money is booked, and where it goes back a transfer is prepared. Of a credit that the bank took "
                "back its payments are lost; what of it can’t be undone is the city’s loss, and where somebody pays "
                "that back one day, it is the city’s income."
            ),
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[StatementLine]:
        """With what each line has paid, and the lines that may be its parts."""
        return super().get_queryset(request).prefetch_related("payments__charge", "duplicates")

    @admin.display(description=_("may be the same as"))
    def same_as(self, line: StatementLine) -> str:
        """The line of another file, or that it is the sum or a part."""
        other = line.duplicate_of
        if other is None or other.amount == line.amount:
            return numbered(other)
        if other.duplicate_of_id != line.pk:
            return str(_("a part of %(line)s")) % {"line": numbered(other)}
        parts = [numbered(one) for one in line.duplicates.all() if one.amount != line.amount]
        return str(_("the sum of these lines: %(lines)s")) % {"lines": ", ".join(parts)}

    @admin.display(description=_("belongs to"))
    def target(self, line: StatementLine) -> str:
        """The payments that it has paid, the one that it is to pay, what went out or came back, or what takes it."""
        paid = {payment.charge_id: str(payment) for payment in line.payments.all()}
        asked = line.charge if line.charge_id not in paid else None
        other = asked or line.refund or line.transfer or line.bank_order or line.purpose
        return ", ".join([*paid.values(), *([str(other)] if other else [])])

    @admin.display(description=_("takes back"), ordering="reverses")
    def taken_from(self, line: StatementLine) -> str:
        """The credit."""
        return numbered(line.reverses)

    @admin.display(description=_("may be of ours, come back"))
    def may_bring(self, line: StatementLine) -> str:
        """Of money whose line does not say so."""
        found = may_bring_back(line) if line.suspense_minor and line.proposal not in CAME_BACK else []
        return ", ".join(f"{one.amount.format()} · {spaced(one.provider_ref)}" for one in found)

    @admin.display(description=_("what is lost"))
    def loses(self, line: StatementLine) -> str:
        """Of a credit that the bank took back: the payments, and what the city bears of it."""
        credit = line.reverses
        if credit is None or line.proposal != line.Proposal.TAKEN:
            return ""
        lost = [
            f"{Money(minor, line.currency)} · {charge.purpose}" for charge, minor in paid_by(credit).items()
        ]
        borne = borne_of(credit)
        if borne:
            lost.append(str(_("the city bears %(sum)s")) % {"sum": borne.format()})
        for charge in refunded_beside(credit):
            words = _(
                "of %(charge)s another account has paid a part, and %(sum)s was given back: see afterwards that each "
                "of the two gets back no more than it brought, as nothing asks for it"
            )
            lost.append(words % {"charge": charge.purpose, "sum": charge.refunded.format()})
        return ", ".join(lost)

    @admin.display(description=_("goes back to"))
    def goes_back_to(self, line: StatementLine) -> str:
        """Whose account the line names, else what was typed: the second person compares it."""
        return " ".join(account_said(line)).strip() if line.amount_minor > 0 else ""

    @admin.display(description=_("number"))
    def number(self, line: StatementLine) -> str:
        """By it a proposal names another line."""
        return str(line.pk)

    @admin.display(description=_("of it in suspense"))
    def suspense(self, line: StatementLine) -> Money | None:
        """Nothing, where all of it is understood."""
        return Money(line.suspense_minor, line.currency) if line.suspense_minor else None


@admin.register(BankOrder)
class BankOrderAdmin(ReadOnlyAdmin):
    list_display = (
        *("created_at", "reference", "count", "total", "send_on", "made_by"),
        *("withdrawal_proposed_by", "withdrawn_at"),
    )
    confirm_display = ("reference", "count", "total", "send_on", "withdrawal_proposed_by")
    list_select_related = ("made_by", "withdrawal_proposed_by")
    list_filter = (
        ("withdrawn_at", admin.EmptyFieldListFilter),
        ("withdrawal_proposed_by", admin.EmptyFieldListFilter),
    )
    search_fields = ("=reference",)
    ordering = ("-created_at",)
    change_list_template = "admin/payments/orders.html"
    actions = (
        "fetch",
        StaffAction(
            operations.withdraw_order,
            "order",
            _("It never went to the bank"),
            permission=("keep", "books"),
            explanation=_(
                "Say how you know. What was in the file waits for the next one; of a file that was fetched, once "
                "somebody else of the finance officers has confirmed this."
            ),
            answer=str,
        ),
        StaffAction(
            operations.keep_order,
            "order",
            _("It went to the bank after all"),
            permission=("keep", "books"),
            reason="optional",
        ),
        StaffAction(
            operations.confirm_withdrawal,
            "order",
            _("Confirm that it never went to the bank"),
            permission=("keep", "books"),
            reason="none",
            sensitive=True,
            explanation=_(
                "What was in the file waits for the next one: if the bank has it, it is sent twice."
            ),
        ),
    )

    def has_fetch_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "keep", "books")

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.make_view)
        return [path("make/", view, name="payments_make_order"), *super().get_urls()]

    def make_view(self, request: HttpRequest) -> HttpResponse:
        """Puts all that waits into one file."""
        require(request.user, "keep", "books")
        form = OrderForm(request.POST or None)
        order = partial(operations.order_transfers, actor=signed_in(request), at=clock.now())
        if form.accepted(lambda: order(send_on=form.cleaned_data["send_on"])):
            words = _("%(count)s payments, %(total)s together. Fetch the file and give it to the bank.")
            made = {"count": form.made.count, "total": form.made.total}
            self.message_user(request, words % made, messages.SUCCESS)
            return redirect("admin:payments_bankorder_changelist")
        context = {**self.admin_site.each_context(request), "title": _("Make a payment file"), "form": form}
        return TemplateResponse(request, "admin/payments/make_order.html", context)

    @admin.action(description=_("Fetch the file (one at a time)"), permissions=["fetch"])
    def fetch(self, request: HttpRequest, orders: QuerySet[BankOrder]) -> HttpResponse | None:
        require_password(request, [(_("Step"), _("Fetch the file")), (_("For"), names_of(list(orders)))])
        order = orders.first()
        try:
            if order is None or orders.count() > 1:
                raise Refused(_("Choose one file."))
            content = operations.fetch_order(actor=signed_in(request), order=order, at=clock.now())
        except Refused as refusal:
            self.message_user(request, str(refusal.detail), messages.ERROR)
            return None
        headers = {"Content-Disposition": f'attachment; filename="{order.reference}.xml"'}
        return HttpResponse(content, content_type="application/xml", headers=headers)


@admin.register(Settlement)
class SettlementAdmin(ReadOnlyAdmin):
    list_display = ("arrives_on", "provider", "provider_ref", "amount", "book", "failed", "line")
    list_filter = (("line", admin.EmptyFieldListFilter), "provider", "book")
    list_select_related = ("line",)
    search_fields = ("=provider_ref",)
    ordering = ("-arrives_on",)
