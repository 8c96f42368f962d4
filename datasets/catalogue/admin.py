"""The data steward's desk: datasets to withdraw with a reason, files on their way, catalogues that are harvested."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.admin import JobAdmin, OperationAdmin, ReadOnlyAdmin
from civic.core.staff_actions import StaffAction
from datasets.catalogue.forms import SourceForm
from datasets.catalogue.models import (
    Dataset,
    Harvest,
    HarvestRecord,
    HarvestStep,
    Revision,
    Series,
    Source,
    Upload,
    UploadStep,
)
from datasets.catalogue.operations import datasets, sources
from datasets.catalogue.states import HarvestState


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


manage = partial(StaffAction, thing="source", permission=("manage", Source))
decide = partial(StaffAction, thing="harvest", permission=("decide", Harvest))


@admin.register(Source)
class SourceAdmin(OperationAdmin):
    """Catalogues elsewhere. Each is harvested once a day, and when somebody asks for it."""

    entry_form = SourceForm
    entry_permission = ("manage", Source)
    list_display = ("title", "kind", "publisher", "state", "datasets_here", "last_harvest", "address")
    list_filter = ("state", "kind")
    list_select_related = ("publisher",)
    search_fields = ("title", "address", "publisher__name")
    ordering = ("title",)
    actions = (
        manage(
            sources.harvest_now,
            title=_("Harvest now"),
            reason="none",
            explanation=_("A worker reads it within a minute. What came of it stands in “Harvests”."),
        ),
        manage(
            sources.pause_source,
            title=_("Pause"),
            explanation=_("It is not harvested any more. What was taken over stays as it is."),
        ),
        manage(sources.resume_source, title=_("Resume"), reason="none"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        here = Count("datasets", filter=Q(datasets__state="published"))
        return super().get_queryset(request).annotate(n_datasets=here).prefetch_related("harvests")

    def enter(self, request: HttpRequest, cleaned: dict[str, Any]) -> Source:
        """One operation."""
        return sources.add_source(actor=signed_in(request), at=clock.now(), **cleaned)

    @admin.display(description=_("datasets here"), ordering="n_datasets")
    def datasets_here(self, source: Any) -> int:
        return int(source.n_datasets)

    @admin.display(description=_("last harvest"))
    def last_harvest(self, source: Source) -> str:
        last = next(iter(source.harvests.all()), None)
        return f"{last.get_state_display()}, {last.begun_at:%Y-%m-%d %H:%M}" if last else "–"


@admin.register(Harvest)
class HarvestAdmin(ReadOnlyAdmin):
    """What waits for an answer comes first, then the newest."""

    list_display = ("source", "state", "leaving", "failed", "came", "records_here", "begun_at", "reason")
    export_display = (
        *("source", "state", "begun_at", "found", "created", "updated", "unchanged", "linked", "removed"),
        *("failed", "leaving", "reason"),
    )
    list_filter = ("state", "source")
    list_select_related = ("source",)
    ordering = (Case(When(state=HarvestState.WAITING, then=0), default=1).asc(), F("begun_at").desc())
    actions = (
        decide(
            sources.confirm_harvest,
            title=_("Go on: remove what is gone"),
            explanation=_("The datasets that the source does not have any more are withdrawn here, too."),
        ),
        decide(
            sources.decline_harvest,
            title=_("Give it up"),
            explanation=_("Nothing of it is taken over. The next one asks again."),
        ),
    )

    @admin.display(description=_("what came of it"))
    def came(self, harvest: Harvest) -> str:
        """Only what is not nothing."""
        counts = (
            (_("new"), harvest.created),
            (_("changed"), harvest.updated),
            (_("as they were"), harvest.unchanged),
            (_("here already"), harvest.linked),
            (_("removed"), harvest.removed),
        )
        return ", ".join(f"{count} {words}" for words, count in counts if count) or "–"

    @admin.display(description=_("one by one"))
    def records_here(self, harvest: Harvest) -> str:
        return format_html(
            '<a href="../harvestrecord/?harvest__id__exact={}">{}</a>', harvest.pk, _("Show them")
        )


@admin.register(HarvestRecord)
class HarvestRecordAdmin(ReadOnlyAdmin):
    """Record by record what became of it; what failed comes first, with its reason."""

    list_display = ("title", "outcome", "reason", "identifier", "dataset")
    list_filter = ("outcome", "harvest__source", "harvest")
    list_select_related = ("dataset",)
    search_fields = ("title", "identifier")
    ordering = (Case(When(outcome="failed", then=0), default=1).asc(), "place")
    exclude = ("said",)


@admin.register(HarvestStep)
class HarvestStepAdmin(JobAdmin):
    job_display = ("harvest", "step")


@admin.register(Series)
class SeriesAdmin(ReadOnlyAdmin):
    list_display = ("title", "publisher", "page")
    list_select_related = ("publisher",)
    search_fields = ("title", "publisher__name")
    ordering = ("title",)
