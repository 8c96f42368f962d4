"""The desk of sponsors: offers to check first, verbs as actions with reasons."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from civic.core.staff_actions import StaffAction
from marketplace.sponsorship.models import Package, Sponsorship
from marketplace.sponsorship.operations import invoices, sponsorships

handle = partial(StaffAction, thing="sponsorship", permission=("handle", Sponsorship))


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
        handle(
            sponsorships.check_conflict,
            title=_("Checked: no tie speaks against it"),
            explanation=_("Say what you found."),
        ),
        handle(
            sponsorships.decline,
            title=_("Decline the offer"),
            explanation=_("The sponsor reads your reason."),
        ),
        handle(
            sponsorships.contract,
            title=_("Terms were signed on paper"),
            explanation=_("Say when they were signed and who has the paper."),
        ),
        handle(
            invoices.issue,
            title=_("Make out the invoice"),
            explanation=_(
                "The invoice gets its number and goes to the sponsor; it can only be credited afterwards."
            ),
        ),
        handle(sponsorships.fulfil, title=_("Benefits were delivered")),
    )

    @admin.display(description=_("project"), ordering="campaign__project__title")
    def project(self, sponsorship: Sponsorship) -> Any:
        return sponsorship.campaign.project


@admin.register(Package)
class PackageAdmin(ReadOnlyAdmin):
    list_display = ("title", "campaign", "amount", "places")
    list_select_related = ("campaign__project",)
    search_fields = ("title", "campaign__project__title")
