"""Somebody's own payments as data."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView

from civic.accounts.requests import signed_in
from civic.core.access import SIGNED_IN, access
from civic.core.serializers import OpenDataSerializer
from marketplace.payments import queries
from marketplace.payments.models import Charge, Refund


class RefundSerializer(OpenDataSerializer[Refund]):
    """Money given back of a payment; the amount is in minor units."""

    class Meta:
        model = Refund
        fields = ("id", "created_at", "amount_minor", "currency", "state", "state_since", "reason")


class PaymentSerializer(OpenDataSerializer[Charge]):
    """A payment; `purpose` names what it is for (`pledge:<id>`), `book` is `live` where real money moves."""

    refunds = RefundSerializer(many=True, read_only=True)

    class Meta:
        model = Charge
        fields = (
            "id",
            "created_at",
            "purpose",
            "book",
            "provider",
            "amount_minor",
            "currency",
            "state",
            "state_since",
            "failure",
            "refunds",
        )


@extend_schema(summary="Your own payments", tags=["money"])
@access(SIGNED_IN)
class OwnPayments(ListAPIView[Charge]):
    """What the caller was asked to pay and got back, newest first."""

    serializer_class = PaymentSerializer
    queryset = Charge.objects.none()

    def get_queryset(self) -> QuerySet[Charge]:
        return queries.own_charges(signed_in(self.request))
