"""The data steward's desk: datasets to withdraw with a reason, files on their way, and what workers could not do."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from civic.core.admin import JobAdmin, ReadOnlyAdmin
from civic.core.staff_actions import StaffAction
from datasets.catalogue.models import Dataset, Revision, Upload, UploadStep
from datasets.catalogue.operations import datasets


@admin.register(Dataset)
class DatasetAdmin(ReadOnlyAdmin):
    """Read-only rows; withdrawing and bringing back are actions with reasons."""

    list_display = (
        "title",
        "publisher",
        "state",
        "state_since",
        "held",
        "access_level",
        "theme",
        "latest",
        "revised_at",
        "page",
    )
    list_filter = ("state", "held", "access_level", "theme")
    list_select_related = ("publisher",)
    search_fields = ("title", "publisher__name")
    ordering = ("-revised_at",)
    actions = (
        StaffAction(
            datasets.withdraw,
            "dataset",
            _("Withdraw"),
            permission=("steward", Dataset),
            explanation=_(
                "Nobody can download it any more. Its page gives your reason; only the city can bring it back."
            ),
        ),
        StaffAction(
            datasets.restore, "dataset", _("Bring back"), permission=("steward", Dataset), reason="none"
        ),
    )


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    """Without what has rows in it: whoever reads those of data that is not open does so by its page, which is told."""

    exclude = ("proposal", "found", "answers")
    list_display = ("name", "dataset", "state", "state_since", "size", "received_at", "failure")
    list_filter = ("state",)
    list_select_related = ("dataset",)
    search_fields = ("name", "dataset__title")
    ordering = ("-received_at",)


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    """Without what has values in it, as uploads."""

    exclude = ("profile", "report", "schema")
    list_display = ("dataset", "number", "rows", "rejected_rows", "published_at", "note")
    list_select_related = ("dataset",)
    search_fields = ("dataset__title",)
    ordering = ("-published_at",)


@admin.register(UploadStep)
class UploadStepAdmin(JobAdmin):
    job_display = ("upload", "step")
