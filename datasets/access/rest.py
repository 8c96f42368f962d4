"""One's own requests for data and what was granted, for programs of the person who is signed in."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from civic.accounts.models import Organisation
from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.serializers import OpenDataSerializer
from datasets.access import queries
from datasets.access.models import AccessRequest, Grant
from datasets.access.models.policy import LONGEST_DAYS
from datasets.access.operations import requests as operations
from datasets.access.operations.requests import LONGEST, LONGEST_ANSWER, Wish
from datasets.access.vocabularies import Purpose
from datasets.catalogue.models import Dataset
from datasets.catalogue.permissions import Scope


class WishSerializer(serializers.Serializer[Any]):
    """What is asked for. `answers` are in the order of the questions on the dataset's page."""

    purpose = serializers.ChoiceField(Purpose.choices)
    why = serializers.CharField(max_length=LONGEST)
    days = serializers.IntegerField(min_value=1, max_value=LONGEST_DAYS)
    scopes = serializers.ListField(child=serializers.ChoiceField(Scope.choices), default=Scope.values)
    answers = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_ANSWER), max_length=20, default=list
    )
    organisation = serializers.SlugField(
        allow_null=True, default=None, help_text="Slug of the organisation in whose name it is."
    )


class NewRequestSerializer(WishSerializer):
    """The same of a dataset."""

    dataset = serializers.SlugField(max_length=140)


class OwnRequestSerializer(OpenDataSerializer[AccessRequest]):
    """A request; `reason` is what its publisher has said."""

    dataset = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    organisation = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True, allow_null=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = AccessRequest
        fields = (
            *("id", "url", "dataset", "organisation", "purpose", "why", "days", "scopes", "questions"),
            *("answers", "reason", "submitted_at", "state", "state_since"),
        )


class OwnGrantSerializer(OpenDataSerializer[Grant]):
    """What lets its holder read a dataset; `agreement` is the address of its terms as ODRL 2.2."""

    dataset = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    organisation = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True, allow_null=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    agreement = serializers.SerializerMethodField()

    class Meta:
        model = Grant
        fields = (
            *("id", "url", "dataset", "organisation", "basis", "purpose", "scopes", "granted_at"),
            *("expires_at", "reason", "agreement", "state", "state_since"),
        )

    def get_agreement(self, grant: Grant) -> str:
        return reverse("access:agreement", args=[grant.agreement_id])


def _wish(data: dict[str, Any]) -> Wish:
    name = data.pop("organisation")
    return Wish(**data, organisation=name and get_object_or_404(Organisation, slug=name))


@access(SIGNED_IN)
class OwnRequests(ListAPIView[AccessRequest]):
    """What the caller has asked for, the newest first."""

    serializer_class = OwnRequestSerializer
    queryset = AccessRequest.objects.none()

    def get_queryset(self) -> QuerySet[AccessRequest]:
        return queries.requests().of(signed_in(self.request))

    @extend_schema(summary="Your own requests for data", tags=["datasets"])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Ask for data",
        tags=["datasets"],
        request=NewRequestSerializer,
        responses={201: OwnRequestSerializer},
    )
    def post(self, request: Request) -> Response:
        """Sends a request to the publisher. While one for the same dataset is under way another is refused (409)."""
        wanted = NewRequestSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        data, actor = dict(wanted.validated_data), signed_in(request)
        dataset = get_object_or_404(Dataset.objects.visible_to(actor), slug=data.pop("dataset"))
        wish, at = _wish(data), clock.now()
        # Together: what is not complete leaves no draft behind.
        with transaction.atomic():
            made = operations.start_request(actor=actor, dataset=dataset, wish=wish, at=at)
            made = operations.submit_request(actor=actor, request=made, at=at)
        return Response(OwnRequestSerializer(made).data, status=status.HTTP_201_CREATED)


@access(SIGNED_IN)
class OwnRequest(RetrieveAPIView[AccessRequest]):
    """One of the caller's own requests."""

    serializer_class = OwnRequestSerializer
    queryset = AccessRequest.objects.none()

    def get_queryset(self) -> QuerySet[AccessRequest]:
        return queries.requests().of(signed_in(self.request))

    @extend_schema(summary="One of your requests", tags=["datasets"])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Change a request that came back, and send it again",
        tags=["datasets"],
        request=WishSerializer,
        responses={200: OwnRequestSerializer},
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """All of its words anew. One that the publisher has before them is not changed (409)."""
        wanted = WishSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        found, actor = self.get_object(), signed_in(request)
        wish, at = _wish(dict(wanted.validated_data)), clock.now()
        with transaction.atomic():
            changed = operations.edit_request(actor=actor, request=found, wish=wish, at=at)
            changed = operations.submit_request(actor=actor, request=changed, at=at)
        return Response(OwnRequestSerializer(changed).data)

    @extend_schema(summary="Take a request back", tags=["datasets"], responses={200: OwnRequestSerializer})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Before its publisher has decided."""
        at, actor = clock.now(), signed_in(request)
        taken = operations.withdraw_request(actor=actor, request=self.get_object(), at=at)
        return Response(OwnRequestSerializer(taken).data)


@extend_schema(summary="What was granted to you", tags=["datasets"])
@access(SIGNED_IN)
class OwnGrants(ListAPIView[Grant]):
    """What the caller, or an organisation that they belong to, may read or could once, the newest first."""

    serializer_class = OwnGrantSerializer
    queryset = Grant.objects.none()

    def get_queryset(self) -> QuerySet[Grant]:
        found: QuerySet[Grant] = queries.grants().of(signed_in(self.request))
        return found
