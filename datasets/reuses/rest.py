"""What was built with data as open data (CC BY 4.0)."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers

from civic.core.access import PUBLIC, access
from civic.core.paging import KeysetPagination
from civic.core.serializers import OpenDataSerializer
from datasets.reuses import queries
from datasets.reuses.models import Kind, Reuse


class ReusesAsked(serializers.Serializer[Any]):
    """What the list is narrowed by: a kind, and the slug of a dataset."""

    kind = serializers.ChoiceField(Kind.choices, required=False)
    dataset = serializers.SlugField(required=False, max_length=140)


class ReuseSerializer(OpenDataSerializer[Reuse]):
    """What was built, where it is, and with which datasets (their slugs); `organisation` is null for a person."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    by = serializers.CharField(read_only=True)
    organisation = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True, allow_null=True)
    datasets = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True, many=True)
    shown_at = serializers.DateTimeField(source="state_since", read_only=True)

    class Meta:
        model = Reuse
        fields = (
            *("id", "url", "kind", "title", "description", "address", "by", "organisation"),
            *("datasets", "shown_at"),
        )


class NewestReusesFirst(KeysetPagination):
    """By the moment in which they were shown."""

    ordering = "-state_since"


@extend_schema(summary="What was built with data", tags=["datasets"], auth=[], parameters=[ReusesAsked])
@access(PUBLIC)
class ReuseList(generics.ListAPIView[Reuse]):
    """Apps, maps, articles and more that a data steward has looked at, the newest first."""

    serializer_class = ReuseSerializer
    authentication_classes = ()
    pagination_class = NewestReusesFirst

    def get_queryset(self) -> QuerySet[Reuse]:
        asked = ReusesAsked(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return queries.listed(**asked.validated_data)
