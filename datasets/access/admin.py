"""The data steward's desk: who asks for data, and who may read it until when; grants to suspend or revoke."""

from functools import partial

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from civic.core.staff_actions import StaffAction
from datasets.access.models import AccessRequest, Agreement, Grant, Policy
from datasets.access.operations import grants
from datasets.catalogue.models import Dataset

act = partial(StaffAction, thing="grant", permission=("steward", Dataset))


@admin.register(Grant)
class GrantAdmin(ReadOnlyAdmin):
    """Read-only rows; each action is one operation with a reason, and both sides are told."""

    list_display = (
        "dataset",
        "who",
        "purpose",
        "basis",
        "state",
        "state_since",
        "expires_at",
        "held",
        "paused",
        "page",
    )
    list_filter = ("state", "held", "paused", "basis", "purpose")
    list_select_related = ("dataset", "person", "organisation")
    search_fields = ("dataset__title", "organisation__name")
    ordering = ("-granted_at",)
    actions = (
        act(
            grants.suspend_grant,
            title=_("Suspend"),
            explanation=_("Nobody reads by it any more, from this moment on; only the city resumes it."),
        ),
        act(grants.resume_grant, title=_("Resume"), reason="none"),
        act(
            grants.release_grant,
            title=_("Take the suspension back"),
            explanation=_(
                "Of what is over, or suspended by its publisher, too: nothing is read by it even so."
            ),
            reason="none",
        ),
        act(
            grants.revoke_grant,
            title=_("Revoke"),
            explanation=_("It ends for good. Both sides read your reason."),
        ),
    )


@admin.register(AccessRequest)
class AccessRequestAdmin(ReadOnlyAdmin):
    list_display = ("dataset", "who", "purpose", "days", "state", "state_since", "submitted_at")
    list_filter = ("state", "purpose")
    list_select_related = ("dataset", "person", "organisation")
    search_fields = ("dataset__title", "organisation__name")
    ordering = ("-submitted_at",)


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    list_display = ("dataset", "basis", "purpose", "digest", "agreed_at")
    list_filter = ("basis", "purpose")
    list_select_related = ("dataset",)
    search_fields = ("dataset__title", "digest")
    ordering = ("-agreed_at",)


@admin.register(Policy)
class PolicyAdmin(ReadOnlyAdmin):
    list_display = ("dataset", "longest_days", "terms")
    list_select_related = ("dataset",)
    search_fields = ("dataset__title",)
