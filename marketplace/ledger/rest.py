"""The public ledger as open data (CC BY 4.0): entries page by page, and all postings as CSV."""

from itertools import chain

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, authentication_classes
from rest_framework.generics import ListAPIView

from civic.core import csv_tables
from civic.core.access import PUBLIC, access
from civic.core.serializers import OpenDataSerializer
from marketplace.ledger import queries
from marketplace.ledger.models import Entry, Posting


class PostingSerializer(OpenDataSerializer[Posting]):
    """Amounts are in minor units; debit positive, credit negative."""

    account = serializers.CharField(source="account.code", read_only=True)
    amount_minor = serializers.IntegerField(source="amount", read_only=True)

    class Meta:
        model = Posting
        fields = ("account", "amount_minor", "currency")


class EntrySerializer(OpenDataSerializer[Entry]):
    """One movement of money; its postings sum to zero in each currency."""

    postings = PostingSerializer(many=True, read_only=True)

    class Meta:
        model = Entry
        fields = ("id", "book", "kind", "at", "reverses", "public", "postings")


@extend_schema(
    summary="Entries of the public ledger",
    tags=["money"],
    auth=[],
    parameters=[
        OpenApiParameter("account", str, description="Code of an account; `campaign/` means all below it."),
        OpenApiParameter("kind", str, description="Kind of entry."),
    ],
)
@access(PUBLIC)
class EntryList(ListAPIView[Entry]):
    """All entries, newest first."""

    serializer_class = EntrySerializer
    authentication_classes = ()

    def get_queryset(self) -> QuerySet[Entry]:
        asked = self.request.query_params
        wanted = {name: asked.get(name, "").replace("\0", "") for name in ("account", "kind")}
        return queries.entries(settings.LEDGER_BOOK, **wanted)


COLUMNS = ("posting", "entry", "at", "kind", "account", "amount_minor", "currency")


@extend_schema(
    summary="All postings as CSV",
    tags=["money"],
    auth=[],
    operation_id="ledger_postings_csv",
    responses={(200, "text/csv"): OpenApiTypes.STR},
)
@access(PUBLIC)
@api_view(["GET"])
@authentication_classes([])
def postings_csv(request: HttpRequest) -> StreamingHttpResponse:
    """One row a posting in the order of posting, streamed."""
    return csv_tables.download(chain([COLUMNS], queries.csv_rows(settings.LEDGER_BOOK)), "postings")
