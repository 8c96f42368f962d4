"""The desk of data needs for data stewards, and of their bounties for finance officers."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Case, Exists, When
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.roles import in_group
from civic.core import clock
from civic.core.admin import ReadOnlyAdmin
from civic.core.money import Money
from civic.core.staff_actions import StaffAction
from civic.core.templatetags.exchange import ago
from marketplace.exchange.conditions import WITHOUT_ACCOUNT
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed, Delivery, Offer
from marketplace.exchange.operations import needs, payouts, words
from marketplace.exchange.queries.pages import usable_accounts
from marketplace.exchange.states import AT_REST, BountyPayoutState, NeedState

book = partial(StaffAction, thing="payout", permission=("keep", "books"), sensitive=True)
take_down = partial(
    StaffAction,
    title=_("Take its words down"),
    permission=("steward", DataNeed),
    sensitive=True,
    explanation=_(
        "For words that break the rules of the house. Your reason stands there instead; the words are kept here, for "
        "an appeal. Once."
    ),
)
WAITING = [*AT_REST, BountyPayoutState.REQUESTED]


class WordsAdmin(ReadOnlyAdmin):
    """Rows whose words can be taken down: data stewards and auditors read what stood there, for an appeal."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = ["removed_words"] if in_group(request.user, groups.DATA_STEWARDS, groups.AUDITORS) else []
        return [*super().get_readonly_fields(request, obj), *kept]


@admin.register(DataNeed)
class DataNeedAdmin(WordsAdmin):
    """What is delivered and waits for its answer comes first."""

    list_display = ("title", "project", "state", "state_since", "deadline", "page")
    list_filter = ("state",)
    list_select_related = ("project",)
    search_fields = ("title", "project__title")
    ordering = (Case(When(state=NeedState.DELIVERED, then=0), default=1).asc(), "state_since")
    actions = (
        StaffAction(
            needs.withdraw_need,
            "need",
            _("Withdraw"),
            permission=("steward", DataNeed),
            sensitive=True,
            explanation=_("It ends, and everybody gets back what they gave. They read your reason."),
        ),
        take_down(words.take_down_need, "need"),
    )


@admin.register(BountyGift)
class BountyGiftAdmin(ReadOnlyAdmin):
    list_display = ("need", "amount", "person", "organisation", "anonymous", "state", "state_since")
    list_filter = ("state", "provider")
    list_select_related = ("need", "person", "organisation")
    search_fields = ("need__title",)
    ordering = ("-created_at",)


@admin.register(Offer)
class OfferAdmin(WordsAdmin):
    list_display = ("need", "organisation", "dataset", "kind", "valuation", "state", "state_since")
    list_filter = ("state", "kind")
    list_select_related = ("need", "organisation", "dataset")
    search_fields = ("need__title", "organisation__name")
    ordering = ("-created_at",)
    actions = (take_down(words.take_down_offer, "offer"),)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("need", "revision", "delivered_at", "answer", "answered_at", "answered_by")
    list_filter = ("answer",)
    list_select_related = ("offer__need", "revision__dataset", "answered_by")
    ordering = ("-delivered_at",)

    @admin.display(description=_("need"))
    def need(self, delivery: Delivery) -> str:
        found = delivery.offer.need
        return format_html('<a href="{}">{}</a>', found.get_absolute_url(), found)


@admin.register(BountyPayout)
class BountyPayoutAdmin(ReadOnlyAdmin):
    """Money to read; requesting, approving, sending back and giving back are actions of different people."""

    list_display = ("need_page", "organisation", "money", "state", "waits_for", "waits_since", "requested_by")
    list_filter = ("state",)
    list_select_related = ("need", "offer__organisation", "requested_by")
    search_fields = ("need__title", "offer__organisation__name")
    ordering = (Case(When(state__in=WAITING, then=0), default=1).asc(), "state_since")
    actions = (
        book(
            payouts.request_payout,
            title=_("Request"),
            reason="none",
            explanation=_(
                "All that the bounty holds. Others of the finance officers are asked to approve it."
            ),
        ),
        book(
            payouts.approve_payout,
            title=_("Approve what somebody else requested"),
            reason="none",
            explanation=_("With the last approval that is needed the money is sent."),
        ),
        book(payouts.send_back, title=_("Send back")),
        book(
            payouts.return_bounty,
            title=_("Give the bounty back to its givers"),
            explanation=_(
                "Only where the organisation that delivered can't be paid. Everybody who gave reads why."
            ),
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        usable = Exists(usable_accounts(clock.now()))
        return super().get_queryset(request).annotate(can_be_paid=usable)

    @admin.display(description=_("need"), ordering="need__title")
    def need_page(self, payout: BountyPayout) -> str:
        return format_html('<a href="{}">{}</a>', payout.need.get_absolute_url(), payout.need)

    @admin.display(description=_("to"), ordering="offer__organisation__name")
    def organisation(self, payout: BountyPayout) -> str:
        return payout.offer.organisation.name

    @admin.display(description=_("amount"), ordering="amount_minor")
    def money(self, payout: BountyPayout) -> Money | str:
        return payout.amount if payout.amount_minor else _now("what is there")

    @admin.display(description=_("waits for"))
    def waits_for(self, payout: Any) -> str:
        if payout.state in (BountyPayoutState.SENT, BountyPayoutState.SETTLED, BountyPayoutState.DROPPED):
            return _now("the provider") if payout.state == BountyPayoutState.SENT else _now("nothing")
        if payout.state == BountyPayoutState.REQUESTED:
            missing = payout.approvals_needed - payout.approvals
            return _now("%(missing)s more to approve") % {"missing": missing}
        if payout.can_be_paid:
            return _now("your request")
        since = payout.need.state_since
        in_vain = since is not None and since + WITHOUT_ACCOUNT <= clock.now()
        return _now("an account, or its way back") if in_vain else _now("an account of the organisation")

    @admin.display(description=_("waits since"), ordering="state_since")
    def waits_since(self, payout: BountyPayout) -> str:
        return ago(payout.state_since)
