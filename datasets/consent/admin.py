"""The data steward's desk: what is collected and released, what readers were told to delete, what is owed to whom."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from civic.core.staff_actions import StaffAction
from datasets.consent.models import Collection, Deletion, Notice, Purpose, Release, RightsRequest
from datasets.consent.operations import collections


@admin.register(Collection)
class CollectionAdmin(ReadOnlyAdmin):
    list_display = ("title", "publisher", "k", "state", "state_since", "page")
    list_filter = ("state",)
    list_select_related = ("publisher",)
    search_fields = ("title", "publisher__name")
    ordering = ("title",)
    actions = (
        StaffAction(
            collections.remove_collection,
            "collection",
            _("Take down"),
            permission=("remove", Collection),
            explanation=_(
                "Nobody is asked any more, and only the publisher and who has shared there see the words. What was "
                "released is withdrawn with it. All of them are told your reason."
            ),
            sensitive=True,
        ),
    )


@admin.register(Purpose)
class PurposeAdmin(ReadOnlyAdmin):
    list_display = ("title", "collection", "dataset", "least_values")
    list_select_related = ("collection", "dataset")
    search_fields = ("title", "collection__title")
    ordering = ("title",)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("purpose", "number", "digest", "published_at")
    list_select_related = ("purpose",)
    search_fields = ("purpose__title", "digest")
    ordering = ("-published_at",)


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    """Without its figures: whoever reads those does so by the dataset's page, which is told."""

    exclude = ("rows",)
    list_display = ("purpose", "state", "state_since", "people", "shared", "made_at")
    list_filter = ("state",)
    list_select_related = ("purpose",)
    search_fields = ("purpose__title", "digest")
    ordering = ("-made_at",)


@admin.register(Deletion)
class DeletionAdmin(ReadOnlyAdmin):
    list_display = ("grant", "release", "state", "due_at", "answer", "answered_at")
    list_filter = ("state", "answer")
    list_select_related = (
        *("grant__dataset", "grant__person", "grant__organisation"),
        "release__purpose",
    )
    ordering = ("due_at",)


@admin.register(RightsRequest)
class RightsRequestAdmin(ReadOnlyAdmin):
    """Without the words of both sides, which are theirs."""

    exclude = ("words", "answer")
    list_display = ("collection", "kind", "state", "state_since", "sent_at", "due_at", "answering", "page")
    list_filter = ("state", "kind")
    list_select_related = ("collection__publisher",)
    search_fields = ("collection__title",)
    ordering = ("due_at",)

    @admin.display(description=_("who answers"))
    def answering(self, request: RightsRequest) -> str:
        """The publisher; while nobody acts for it the data steward."""
        return request.collection.answering
