"""Campaigns, backers and one's own pledges as open data."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, authentication_classes
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from civic.accounts.requests import signed_in
from civic.core import clock, csv_tables
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.errors import Invalid
from civic.core.money import Money
from civic.core.serializers import OpenDataSerializer
from marketplace.campaigns.models import Campaign, CampaignTotal, Pledge
from marketplace.campaigns.operations import pledges as operations
from marketplace.campaigns.operations.pledges import MOST_MONTHS
from marketplace.campaigns.queries import pledges as queries

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


class TotalSerializer(OpenDataSerializer[CampaignTotal]):
    """Figures in minor units. Pledged and collected, guaranteed and estimated are apart; estimates never count."""

    towards_goal_minor = serializers.IntegerField(read_only=True)

    class Meta:
        model = CampaignTotal
        fields = (*FIGURES, "towards_goal_minor")


class CampaignSerializer(OpenDataSerializer[Campaign]):
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


class StretchSerializer(serializers.Serializer[Any]):
    """What more is done from which amount on."""

    amount_minor = serializers.IntegerField(read_only=True)
    use = serializers.CharField(read_only=True)


class AmountSerializer(serializers.Serializer[Any]):
    """How many pledges of this amount stand."""

    amount_minor = serializers.IntegerField(read_only=True)
    frequency = serializers.ChoiceField(Pledge.Frequency.choices, read_only=True)
    pledges = serializers.IntegerField(read_only=True)


class CampaignDetailSerializer(CampaignSerializer):
    """One campaign with its further goals and the amounts that stand, without names and in no order of giving."""

    stretch_goals = StretchSerializer(many=True, read_only=True)
    amounts = AmountSerializer(source="total.amounts", many=True, read_only=True, default=list)

    class Meta(CampaignSerializer.Meta):
        fields = (*CampaignSerializer.Meta.fields, "stretch_goals", "amounts")


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
        return public().defer("total__amounts")


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
    for one in public().defer("total__amounts").order_by("id").iterator(chunk_size=2000):
        total = getattr(one, "total", None)
        row = [one.pk, one.project.slug, *(getattr(one, name) for name in (*TERMS, *COURSE))]
        yield [*row, *(getattr(total, name, "") for name in FIGURES)]


KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.UUID,
    OpenApiParameter.HEADER,
    required=True,
    description="The same key pledges once; with another body it is refused (409).",
)


class OwnPledgeSerializer(OpenDataSerializer[Pledge]):
    """A pledge; the amount is in minor units, once or each month for `months` months."""

    class Meta:
        model = Pledge
        fields = (
            *("id", "created_at", "campaign", "amount_minor", "currency", "frequency", "months", "anonymous"),
            *("provider", "state", "state_since", "collected_at"),
        )


class NewPledgeSerializer(serializers.Serializer[Any]):
    """What is promised; `months` over 1 is a monthly pledge."""

    campaign = serializers.UUIDField()
    amount_minor = serializers.IntegerField(min_value=1, max_value=2**53)
    currency = serializers.RegexField(r"^[A-Z]{3}$")
    provider = serializers.CharField(max_length=12)
    months = serializers.IntegerField(min_value=1, max_value=MOST_MONTHS, default=1)
    anonymous = serializers.BooleanField(default=False)


class MadePledgeSerializer(serializers.Serializer[Any]):
    """The pledge, and the page that its person goes on with; empty where nothing is left to do."""

    pledge = OwnPledgeSerializer(read_only=True)
    go_on = serializers.CharField(read_only=True)


@access(SIGNED_IN)
class OwnPledges(ListAPIView[Pledge]):
    """The caller's own pledges, newest first."""

    serializer_class = OwnPledgeSerializer
    queryset = Pledge.objects.none()

    def get_queryset(self) -> QuerySet[Pledge]:
        return queries.own(self.request.user)

    @extend_schema(summary="Your own pledges", tags=["money"])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Pledge",
        tags=["money"],
        parameters=[KEY],
        request=NewPledgeSerializer,
        responses={201: MadePledgeSerializer},
    )
    def post(self, request: Request) -> Response:
        """Promises money to a campaign. Nothing is charged until its person has chosen how on the page `go_on`."""
        wanted = NewPledgeSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        data = dict(wanted.validated_data)
        started = operations.pledge(
            actor=signed_in(request),
            campaign=Campaign(pk=data.pop("campaign")),
            amount=_money(data.pop("amount_minor"), data.pop("currency")),
            token=_key(request),
            at=clock.now(),
            **data,
        )
        go_on = reverse("payments:payment", args=[started.payment.pk]) if started.payment else ""
        body = MadePledgeSerializer({"pledge": started.pledge, "go_on": go_on}).data
        return Response(body, status=status.HTTP_201_CREATED)


def _money(minor: int, currency: str) -> Money:
    try:
        return Money(minor, currency)
    except ValueError as error:
        raise Invalid(currency=_("This is no currency.")) from error


def _key(request: Request) -> UUID:
    try:
        return UUID(request.headers.get("Idempotency-Key", ""))
    except ValueError as error:
        raise Invalid(_("Send a UUID of your own as the header Idempotency-Key.")) from error


@access(SIGNED_IN)
class OwnPledge(RetrieveAPIView[Pledge]):
    """One of the caller's own pledges."""

    serializer_class = OwnPledgeSerializer
    queryset = Pledge.objects.none()

    def get_queryset(self) -> QuerySet[Pledge]:
        return queries.own(self.request.user)

    @extend_schema(summary="One of your pledges", tags=["money"])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(summary="Cancel a pledge", tags=["money"], responses={200: OwnPledgeSerializer})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Takes it back until the campaign closes; what was paid comes back."""
        pledge = operations.cancel_pledge(actor=signed_in(request), pledge=self.get_object(), at=clock.now())
        return Response(OwnPledgeSerializer(pledge).data)
