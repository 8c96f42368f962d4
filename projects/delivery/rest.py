"""Delivery as open data: the plan and what of it is accepted, and the news."""

from django.db.models import QuerySet
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from civic.core import clock
from civic.core.access import PUBLIC, access
from civic.core.paging import KeysetPagination
from civic.core.serializers import OpenDataSerializer
from projects.delivery.models import Evidence, Milestone, Update
from projects.proposals.queries import public_project


class EvidenceSerializer(OpenDataSerializer[Evidence]):
    """What shows that a milestone was reached; `file` is its address, `size` in bytes."""

    class Meta:
        model = Evidence
        fields = ("kind", "text", "file", "size", "added_at")


class MilestoneSerializer(OpenDataSerializer[Milestone]):
    """`share_bp` in basis points (10,000 is all of it); `overdue` by the clock of this answer."""

    overdue = serializers.SerializerMethodField()
    evidence = EvidenceSerializer(many=True, read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Milestone
        fields = (
            "id",
            "number",
            "title",
            "promise",
            "share_bp",
            "due_on",
            "state",
            "state_since",
            "overdue",
            "reason",
            "evidence",
            "url",
        )

    def get_overdue(self, milestone: Milestone) -> bool:
        return milestone.is_overdue(localdate(clock.now()))


class UpdateSerializer(OpenDataSerializer[Update]):
    """News; `author` is the name that the person shows to others, null where they are gone."""

    author = serializers.CharField(source="author.display_name", read_only=True, allow_null=True)

    class Meta:
        model = Update
        fields = ("id", "title", "text", "author", "posted_at")


class InOrder(KeysetPagination):
    """A plan is read from its first milestone on."""

    ordering = "number"


@extend_schema(summary="Milestones of a project", tags=["projects"], auth=[])
@access(PUBLIC)
class Milestones(ListAPIView[Milestone]):
    """The plan with what is accepted."""

    serializer_class = MilestoneSerializer
    pagination_class = InOrder
    queryset = Milestone.objects.none()

    def get_queryset(self) -> QuerySet[Milestone]:
        found = Milestone.objects.filter(project=public_project(self.kwargs["slug"]))
        return found.select_related("project").prefetch_related("evidence")


@extend_schema(summary="News of a project, newest first", tags=["projects"], auth=[])
@access(PUBLIC)
class Updates(ListAPIView[Update]):
    """What the team told of the work."""

    serializer_class = UpdateSerializer
    queryset = Update.objects.none()

    def get_queryset(self) -> QuerySet[Update]:
        return Update.objects.filter(project=public_project(self.kwargs["slug"])).select_related("author")
