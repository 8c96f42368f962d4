"""The desk of campaigns: what waits to be opened, collected or decided, and for how long; pledges to read."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.core.admin import OwnFilter, ReadOnlyAdmin
from civic.core.money import Money
from civic.core.policies import may
from civic.core.staff_actions import StaffAction
from civic.core.templatetags.exchange import ago
from marketplace.campaigns.models import Campaign, Pledge, StretchGoal
from marketplace.campaigns.operations import campaigns, closing
from marketplace.campaigns.states import LIVE_CAMPAIGN
from projects.calls.desk import GivenCallsMixin
from projects.calls.models import Call


class WaitingFilter(OwnFilter):
    """What the desk works on, unless all are asked for."""

    title = _("queue")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("all", _("everything, also what is over"))]

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows if self.value() == "all" else rows.filter(state__in=LIVE_CAMPAIGN)


class StretchInline(admin.TabularInline):
    model = StretchGoal
    fields = ("amount_minor", "use")
    extra = 0

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_add_permission = has_change_permission
    has_delete_permission = has_change_permission

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


# Whoever cancels one gives back everybody's money.
run = partial(StaffAction, thing="campaign", permission=("run_any", Call), sensitive=True)


@admin.register(Campaign)
class CampaignAdmin(GivenCallsMixin, ReadOnlyAdmin):
    """Read-only: open and cancel are actions with reasons."""

    list_display = ("project", "state", "waits", "goal", "towards", "backers", "ends_at", "page")
    list_filter = (WaitingFilter, "state", "rule", "book")
    search_fields = ("project__title",)
    ordering = ("state_since",)
    list_per_page = 50
    inlines = (StretchInline,)
    actions = (
        run(
            campaigns.open_campaign,
            title=_("Open"),
            explanation=_("Everybody can pledge from now on, and the terms stay as they are."),
        ),
        run(
            closing.cancel_campaign,
            title=_("Cancel and refund everybody"),
            explanation=_(
                "Every pledge ends, and everybody gets back what they paid. This cannot be undone."
            ),
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Campaign]:
        return super().get_queryset(request).select_related("project__call", "total").defer("total__amounts")

    @admin.display(description=_("waits since"), ordering="state_since")
    def waits(self, campaign: Campaign) -> str:
        return ago(campaign.state_since)

    @admin.display(description=_("goal"))
    def goal(self, campaign: Campaign) -> Money:
        return campaign.goal

    @admin.display(description=_("towards the goal"))
    def towards(self, campaign: Campaign) -> Money:
        total = getattr(campaign, "total", None)
        return campaign.money(total.towards_goal_minor if total else 0)

    @admin.display(description=_("backers"))
    def backers(self, campaign: Campaign) -> int:
        total = getattr(campaign, "total", None)
        return total.backers if total else 0


@admin.register(Pledge)
class PledgeAdmin(ReadOnlyAdmin):
    """For who keeps or reads the books: what waits first, with the person, whoever is anonymous to the public."""

    list_display = ("campaign", "person", "sum", "frequency", "provider", "state", "waits")
    list_filter = ("state", "provider", "frequency")
    search_fields = ("=id", "person__email", "campaign__project__title")
    ordering = ("state_since",)
    list_per_page = 50
    exclude = ("token",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "read", "books")

    has_module_permission = has_view_permission

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pledge]:
        return super().get_queryset(request).select_related("campaign__project", "person", "method")

    @admin.display(description=_("amount"), ordering="amount_minor")
    def sum(self, pledge: Pledge) -> Money:
        return pledge.amount

    @admin.display(description=_("waits since"), ordering="state_since")
    def waits(self, pledge: Pledge) -> str:
        return ago(pledge.state_since)
