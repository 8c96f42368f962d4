"""Calls as open data (CC BY 4.0): what the city asks for, its money, dates and rules."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers

from civic.core.access import PUBLIC, access
from civic.core.serializers import OpenDataSerializer
from projects.calls.models import Call, Phase


class PhaseSerializer(OpenDataSerializer[Phase]):
    """A stretch of time; the end itself is no longer in it."""

    class Meta:
        model = Phase
        fields = ("kind", "starts_at", "ends_at")


class CallSerializer(OpenDataSerializer[Call]):
    """Amounts are in minor units of the currency (cents of EUR)."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    phases = PhaseSerializer(many=True, read_only=True, source="ordered_phases")
    areas = serializers.SlugRelatedField[Any](slug_field="slug", many=True, read_only=True)

    class Meta:
        model = Call
        fields = (
            "id",
            "slug",
            "url",
            "title",
            "summary",
            "description",
            "theme",
            "state",
            "budget_minor",
            "currency",
            "project_cost_min_minor",
            "project_cost_max_minor",
            "areas",
            "eligibility",
            "minimum_age",
            "ballot_kind",
            "ballot_max",
            "tally_rule",
            "completion",
            "phases",
        )


class Calls(generics.GenericAPIView[Call]):
    """Public calls with what a serializer reads."""

    serializer_class = CallSerializer
    authentication_classes = ()

    def get_queryset(self) -> QuerySet[Call]:
        return Call.objects.public().prefetch_related("phases", "areas")


@access(PUBLIC)
class CallList(Calls, generics.ListAPIView[Call]):
    """All calls, newest first."""


@extend_schema_view(get=extend_schema(operation_id="calls_retrieve"))
@access(PUBLIC)
class CallDetail(Calls, generics.RetrieveAPIView[Call]):
    """One call by its slug."""

    lookup_field = "slug"
