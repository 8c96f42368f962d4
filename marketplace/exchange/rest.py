"""Data needs as open data (CC BY 4.0): what projects lack, what lies in each bounty, who offers, what was delivered."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import generics, serializers

from civic.core.access import PUBLIC, access
from civic.core.paging import KeysetPagination
from civic.core.serializers import OpenDataSerializer
from marketplace.exchange.models import DataNeed, Delivery, Offer
from marketplace.exchange.queries import needs as queries
from marketplace.exchange.states import OfferState

NOBODY = AnonymousUser()


class Asked(serializers.Serializer[Any]):
    """What the list is narrowed by."""

    state = serializers.ChoiceField([*queries.FILTERS, "all"], required=False, default="all")


class NeededColumnSerializer(serializers.Serializer[Any]):
    """A column that the data has to have; an empty type takes any (Table Schema)."""

    name = serializers.CharField(read_only=True)
    type = serializers.CharField(read_only=True, allow_blank=True)


class CheckSerializer(serializers.Serializer[Any]):
    """A check of what was delivered, as it was when it was answered."""

    name = serializers.CharField(read_only=True)
    passed = serializers.BooleanField(read_only=True)
    reason = serializers.CharField(read_only=True, allow_blank=True)


class DeliverySerializer(OpenDataSerializer[Delivery]):
    """A revision that was delivered; without an answer it waits for one."""

    revision = serializers.IntegerField(source="revision.number", read_only=True)
    checks = CheckSerializer(source="shown_checks", many=True, read_only=True)

    class Meta:
        model = Delivery
        fields = ("number", "revision", "delivered_at", "answer", "answered_at", "checks")


class OfferSerializer(OpenDataSerializer[Offer]):
    """Who offers which dataset, and for what; `estimate` is their own word in whole units, and no money of the need."""

    organisation = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    dataset = serializers.SerializerMethodField()
    deliveries = DeliverySerializer(many=True, read_only=True)

    class Meta:
        model = Offer
        fields = (
            *("id", "organisation", "dataset", "kind", "valuation", "estimate", "note"),
            *("state", "state_since", "deliveries"),
        )

    @extend_schema_field(serializers.SlugField(allow_null=True))
    def get_dataset(self, offer: Offer) -> str | None:
        """Its slug; null while it is not published."""
        return offer.dataset.slug if offer.dataset.latest else None


class NeedSerializer(OpenDataSerializer[DataNeed]):
    """Amounts are in minor units of `currency` (cents of EUR).

    `bounty_minor` is what the ledger holds for it now, `paid_minor` what who delivered has got. Nothing personal is in
    it.
    """

    project = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    area = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True, allow_null=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    columns = NeededColumnSerializer(source="shown_columns", many=True, read_only=True)
    bounty_minor = serializers.IntegerField(source="held.minor", read_only=True)
    paid_minor = serializers.IntegerField(source="paid.minor", read_only=True)

    class Meta:
        model = DataNeed
        fields: tuple[str, ...] = (
            *("id", "url", "project", "title", "description", "columns", "area", "first_day", "last_day"),
            *("fresh_days", "deadline", "book", "currency", "bounty_minor", "paid_minor"),
            *("state", "state_since", "opened_at"),
        )


class NeedDetailSerializer(NeedSerializer):
    offers = OfferSerializer(many=True, read_only=True)

    class Meta(NeedSerializer.Meta):
        fields = (*NeedSerializer.Meta.fields, "offers")


def _with_sums(needs: Sequence[DataNeed]) -> Sequence[DataNeed]:
    held, paid = queries.held_by(needs), queries.paid_by(needs)
    for need in needs:
        need.held, need.paid = held[need.pk], paid[need.pk]
    return needs


class NewestFirst(KeysetPagination):
    """By the moment in which they were opened."""

    ordering = "-opened_at"


@extend_schema(summary="Data needs", tags=["datasets"], auth=[], parameters=[Asked])
@access(PUBLIC)
class Needs(generics.ListAPIView[DataNeed]):
    """What projects lack and have asked for, the newest first."""

    serializer_class = NeedSerializer
    authentication_classes = ()
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[DataNeed]:
        asked = Asked(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return queries.board(NOBODY, asked.validated_data["state"])

    def paginate_queryset(self, queryset: Any) -> Any:
        return _with_sums(super().paginate_queryset(queryset) or [])


@extend_schema_view(
    get=extend_schema(summary="A data need", tags=["datasets"], auth=[], operation_id="needs_retrieve")
)
@access(PUBLIC)
class Need(generics.RetrieveAPIView[DataNeed]):
    """One need with its offers and what was delivered."""

    serializer_class = NeedDetailSerializer
    authentication_classes = ()

    def get_queryset(self) -> QuerySet[DataNeed]:
        offers = Offer.objects.exclude(state=OfferState.WITHDRAWN).select_related("organisation", "dataset")
        deliveries = Prefetch("deliveries", Delivery.objects.select_related("revision"))
        return queries.board(NOBODY).prefetch_related(Prefetch("offers", offers.prefetch_related(deliveries)))

    def get_object(self) -> DataNeed:
        need: DataNeed = super().get_object()
        return _with_sums([need])[0]
