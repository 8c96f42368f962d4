"""Match funds as open data (CC BY 4.0): rules, sums, what each campaign gets, and the input of quadratic ones."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, authentication_classes
from rest_framework.generics import ListAPIView, RetrieveAPIView, get_object_or_404
from rest_framework.response import Response

from civic.core import csv_tables
from civic.core.access import PUBLIC, access
from civic.core.serializers import OpenDataSerializer
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.queries import funds as queries


class FundSerializer(OpenDataSerializer[MatchFund]):
    """A fund; amounts in minor units of `currency`. `free` and the four other sums make what was paid in."""

    funder = serializers.CharField(source="funder.name", read_only=True)
    call = serializers.CharField(source="call.slug", read_only=True, allow_null=True, default=None)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    paid_in_minor = serializers.IntegerField(source="sum_paid_in", read_only=True)
    reserved_minor = serializers.IntegerField(source="sum_reserved", read_only=True)
    committed_minor = serializers.IntegerField(source="sum_committed", read_only=True)
    paid_minor = serializers.IntegerField(source="sum_paid", read_only=True)
    returned_minor = serializers.IntegerField(source="sum_returned", read_only=True)
    free_minor = serializers.SerializerMethodField()
    campaigns = serializers.IntegerField(source="enrolled", read_only=True)

    class Meta:
        model = MatchFund
        fields = (
            *("id", "title", "slug", "summary", "funder", "call", "book", "currency", "rule", "ratio_bp"),
            *("threshold_backers", "threshold_minor", "gift_min_minor", "gift_cap_minor", "person_cap_minor"),
            *("project_cap_minor", "freezes_at", "challenge_days", "frozen_at", "input_digest", "state"),
            *(
                "paid_in_minor",
                "free_minor",
                "reserved_minor",
                "committed_minor",
                "paid_minor",
                "returned_minor",
                "campaigns",
                "url",
            ),
        )

    def get_free_minor(self, fund: Any) -> int:
        return queries.pot(fund).free.minor


class AllocationSerializer(OpenDataSerializer[Allocation]):
    """What a campaign gets: `guaranteed_minor` is set aside for it, `estimated_minor` is a forecast and no promise."""

    project = serializers.CharField(source="campaign.project.slug", read_only=True)
    guaranteed_minor = serializers.IntegerField(source="amount_minor", read_only=True)

    class Meta:
        model = Allocation
        fields = (
            "id",
            "campaign",
            "project",
            "guaranteed_minor",
            "set_aside_minor",
            "estimated_minor",
            "state",
            "state_since",
        )


@extend_schema(summary="Match funds", tags=["money"], auth=[])
@access(PUBLIC)
class Funds(ListAPIView[MatchFund]):
    """All funds that are or were open, newest first."""

    serializer_class = FundSerializer
    authentication_classes = ()

    def get_queryset(self) -> QuerySet[MatchFund]:
        return _public().defer("published_input", "frozen_pledges")


@extend_schema(summary="A match fund", tags=["money"], auth=[])
@access(PUBLIC)
class Fund(RetrieveAPIView[MatchFund]):
    """One fund."""

    serializer_class = FundSerializer
    authentication_classes = ()
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[MatchFund]:
        return _public().defer("published_input", "frozen_pledges")


@extend_schema(summary="What campaigns get from a match fund", tags=["money"], auth=[])
@access(PUBLIC)
class Allocations(ListAPIView[Allocation]):
    """The allocations of one fund, newest first."""

    serializer_class = AllocationSerializer
    authentication_classes = ()

    def get_queryset(self) -> QuerySet[Allocation]:
        fund = get_object_or_404(MatchFund.objects.public(), slug=self.kwargs["slug"])
        return queries.public_allocations(fund)


@extend_schema(
    summary="Published input of a quadratic match fund",
    tags=["money"],
    auth=[],
    operation_id="funds_input",
    responses={200: OpenApiTypes.OBJECT},
)
@access(PUBLIC)
@api_view(["GET"])
@authentication_classes([])
def published_input(request: HttpRequest, slug: str) -> Response:
    """The document whose SHA-256 is the fund's `input_digest`; recompute it with /funds/recompute.py."""
    fund = get_object_or_404(MatchFund.objects.public(), slug=slug)
    if not fund.published_input:
        raise Http404
    return Response(fund.published_input)


COLUMNS = (
    *("allocation", "fund", "rule", "campaign", "project", "state"),
    *("guaranteed_minor", "set_aside_minor", "estimated_minor", "currency"),
)


@extend_schema(
    summary="Allocations of all match funds as CSV",
    tags=["money"],
    auth=[],
    operation_id="funds_allocations_csv",
    responses={(200, "text/csv"): OpenApiTypes.STR},
)
@access(PUBLIC)
@api_view(["GET"])
@authentication_classes([])
def allocations_csv(request: HttpRequest) -> StreamingHttpResponse:
    """One row an allocation, streamed."""
    return csv_tables.download(_table(), "allocations")


def _table() -> Iterator[Iterable[Any]]:
    yield COLUMNS
    rows = queries.all_public_allocations().values_list(
        *("pk", "fund__slug", "fund__rule", "campaign", "campaign__project__slug", "state"),
        *("amount_minor", "set_aside_minor", "estimated_minor", "fund__currency"),
    )
    yield from rows.iterator(chunk_size=2000)


def _public() -> QuerySet[MatchFund]:
    return queries.with_sums(MatchFund.objects.public()).select_related("funder", "call")
