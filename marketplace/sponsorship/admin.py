"""The desk of sponsors: offers to check first, verbs as actions with reasons."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from civic.core.staff_actions import StaffAction
from marketplace.sponsorship.models import Package, Sponsorship
from marketplace.sponsorship.operations import invoices, sponsorships


@admin.register(Sponsorship)
class SponsorshipAdmin(ReadOnlyAdmin):
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
        StaffAction(
            sponsorships.check_conflict,
            "sponsorship",
            _("Checked: no tie speaks against it"),
            permission=("handle", Sponsorship),
            explanation=_("Say what you found."),
        ),
        StaffAction(
            sponsorships.decline,
            "sponsorship",
            _("Decline the offer"),
            permission=("handle", Sponsorship),
            explanation=_("The sponsor reads your reason."),
        ),
        StaffAction(
            sponsorships.contract,
            "sponsorship",
            _("Terms were signed on paper"),
            permission=("handle", Sponsorship),
            explanation=_("Say when they were signed and who has the paper."),
        ),
        StaffAction(
            invoices.issue,
            "sponsorship",
            _("Make out the invoice"),
            permission=("handle", Sponsorship),
            explanation=_(
                "The invoice gets its number and goes to the sponsor; it can only be credited afterwards."
            ),
        ),
        StaffAction(
            sponsorships.fulfil,
            "sponsorship",
            _("Benefits were delivered"),
            permission=("handle", Sponsorship),
        ),
    )

    @admin.display(description=_("project"), ordering="campaign__project__title")
    def project(self, sponsorship: Sponsorship) -> Any:
        return sponsorship.campaign.project


@admin.register(Package)
class PackageAdmin(ReadOnlyAdmin):
    list_display = ("title", "campaign", "amount", "places")
    list_select_related = ("campaign__project",)
    search_fields = ("title", "campaign__project__title")
