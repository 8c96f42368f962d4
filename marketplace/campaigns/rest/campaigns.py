"""Campaigns as open data (CC BY 4.0): terms, outcome and figures, as JSON and as a streamed table."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, authentication_classes
from rest_framework.generics import ListAPIView, RetrieveAPIView

from civic.core import csv_tables
from civic.core.access import PUBLIC, access
from marketplace.campaigns.models import Campaign, CampaignTotal

FIGURES = (
    "backers",
    "pledged_minor",
    "collected_minor",
    "monthly_minor",
    "sponsors_firm_minor",
    "sponsors_paid_minor",
    "match_guaranteed_minor",
    "match_estimated_minor",
    "counted_at",
)
TERMS = ("book", "rule", "currency", "goal_minor", "cap_minor", "pledge_min_minor", "pledge_max_minor")
COURSE = ("opened_at", "ends_at", "grace_ends_at", "state", "state_since")


class TotalSerializer(serializers.ModelSerializer[CampaignTotal]):
    """Figures in minor units. Pledged and collected, guaranteed and estimated are apart; estimates never count."""

    towards_goal_minor = serializers.IntegerField(read_only=True)

    class Meta:
        model = CampaignTotal
        fields = (*FIGURES, "towards_goal_minor")
        read_only_fields = fields


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    """A campaign; amounts in minor units of `currency`, `sponsor_share_max_bp` in basis points of the goal."""

    project = serializers.CharField(source="project.slug", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    total = TotalSerializer(read_only=True)

    class Meta:
        model = Campaign
        fields: tuple[str, ...] = (
            "id",
            "project",
            "use",
            *TERMS,
            "sponsor_share_max_bp",
            *COURSE,
            "total",
            "url",
        )
        read_only_fields: tuple[str, ...] = fields


class StretchSerializer(serializers.Serializer[Any]):
    """What more is done from which amount on."""

    amount_minor = serializers.IntegerField(read_only=True)
    use = serializers.CharField(read_only=True)


class CampaignDetailSerializer(CampaignSerializer):
    """One campaign with its further goals."""

    stretch_goals = StretchSerializer(many=True, read_only=True)

    class Meta(CampaignSerializer.Meta):
        fields = (*CampaignSerializer.Meta.fields, "stretch_goals")
        read_only_fields = fields


def public() -> QuerySet[Campaign]:
    """Everything that opened, of projects that everybody may see."""
    return Campaign.objects.public().select_related("project", "total")


@extend_schema(summary="Campaigns", tags=["money"], auth=[])
@access(PUBLIC)
class Campaigns(ListAPIView[Campaign]):
    """All campaigns that are or were open, newest first."""

    serializer_class = CampaignSerializer
    authentication_classes = ()

    def get_queryset(self) -> QuerySet[Campaign]:
        return public()


@extend_schema(summary="A campaign", tags=["money"], auth=[])
@access(PUBLIC)
class CampaignDetail(RetrieveAPIView[Campaign]):
    """One campaign."""

    serializer_class = CampaignDetailSerializer
    authentication_classes = ()

    def get_queryset(self) -> QuerySet[Campaign]:
        return public().prefetch_related("stretch_goals")


@extend_schema(
    summary="Campaigns as a table",
    description="All campaigns that are or were open, as CSV; amounts in minor units.",
    tags=["money"],
    auth=[],
    responses={(200, "text/csv"): OpenApiTypes.STR},
)
@access(PUBLIC)
@api_view(["GET"])
@authentication_classes([])
def campaigns_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Streams; the same however many there are."""
    return csv_tables.download(_table(), "campaigns")


def _table() -> Iterator[Iterable[Any]]:
    yield ("id", "project", *TERMS, *COURSE, *FIGURES)
    for one in public().order_by("id").iterator(chunk_size=2000):
        total = getattr(one, "total", None)
        row = [one.pk, one.project.slug, *(getattr(one, name) for name in (*TERMS, *COURSE))]
        yield [*row, *(getattr(total, name, "") for name in FIGURES)]
