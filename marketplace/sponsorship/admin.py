"""The desk of sponsors: offers to check first, verbs as actions with reasons."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from civic.core.desk import Desk
from civic.core.policies import may
from civic.core.reasons import with_reason
from marketplace.sponsorship.models import Package, Sponsorship
from marketplace.sponsorship.operations import invoices, sponsorships


@admin.register(Sponsorship)
class SponsorshipAdmin(Desk):
    """Operations say who may do which of it to which row."""

    list_display = (
        "organisation",
        "project",
        "package",
        "amount",
        "state",
        "state_since",
        "conflict",
        "page",
    )
    list_filter = ("state", "currency")
    list_select_related = ("organisation", "package__campaign", "campaign__project")
    search_fields = ("organisation__name", "campaign__project__title", "=purchase_order", "billing_name")
    ordering = ("state_since",)
    exclude = ("token",)
    actions = (
        with_reason(
            sponsorships.check_conflict,
            "sponsorship",
            _("Checked: no tie speaks against it (say what you found)"),
        ),
        with_reason(sponsorships.decline, "sponsorship", _("Decline the offer")),
        with_reason(sponsorships.contract, "sponsorship", _("Terms were signed on paper (say when)")),
        with_reason(invoices.issue, "sponsorship", _("Make out the invoice")),
        with_reason(sponsorships.fulfil, "sponsorship", _("Benefits were delivered")),
    )

    def may_act(self, request: HttpRequest) -> bool:
        return may(request.user, "handle", Sponsorship)

    @admin.display(description=_("project"), ordering="campaign__project__title")
    def project(self, sponsorship: Sponsorship) -> Any:
        return sponsorship.campaign.project

    @admin.display(description=_("page"))
    def page(self, sponsorship: Sponsorship) -> str:
        return format_html('<a href="{}">{}</a>', sponsorship.get_absolute_url(), _("Look at it"))


@admin.register(Package)
class PackageAdmin(Desk):
    list_display = ("title", "campaign", "amount", "places")
    list_select_related = ("campaign__project",)
    search_fields = ("title", "campaign__project__title")
