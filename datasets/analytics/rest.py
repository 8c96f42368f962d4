"""Queries as an API: a question about a dataset, and those that were saved under an address."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from civic.core import clock
from civic.core.access import PUBLIC, access
from datasets.analytics import answers, queries
from datasets.analytics.answers import Answer, cell
from datasets.analytics.engine.language import LONGEST
from datasets.analytics.engine.parsing import parse
from datasets.catalogue.models import Revision
from datasets.catalogue.permissions import Reader
from datasets.catalogue.queries import public_dataset

NUMBER = OpenApiParameter("revision", int, description="Number of a revision; without it the newest.")
ASKED = OpenApiParameter(
    "q", str, description="The query as JSON; without it the first rows. docs/howto/query.md has its words."
)


class ColumnSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    type = serializers.CharField(help_text="A type of Table Schema.")


class JoinedSerializer(serializers.Serializer[Any]):
    """The dataset beside the one that was asked."""

    dataset = serializers.SlugField()
    revision = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="Of the revision's Parquet file.")


class AnswerSerializer(serializers.Serializer[Any]):
    """Rows with what they are of. A number of more than 15 digits is text, as days and times are."""

    dataset = serializers.SlugField()
    revision = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="Of the revision's Parquet file.")
    joined = JoinedSerializer(allow_null=True, help_text="The dataset of the query's `join`.")
    query = serializers.JSONField(help_text="As it was understood.")
    at = serializers.DateTimeField()
    address = serializers.URLField(help_text="Where the same question of the same revision is answered.")
    columns = ColumnSerializer(many=True)
    rows = serializers.ListField(child=serializers.ListField())
    cut = serializers.ChoiceField(
        ["", "limit", "rows", "bytes"],
        help_text="By which bound it was cut: `limit` of the query, or `rows` and `bytes` of an answer.",
    )


class QueryDocument(serializers.Serializer[Any]):
    """A query; docs/howto/query.md has its words."""

    version = serializers.IntegerField(required=False)
    join = serializers.JSONField(required=False)
    columns = serializers.ListField(child=serializers.CharField(), required=False)
    filter = serializers.JSONField(required=False)
    group = serializers.ListField(child=serializers.JSONField(), required=False)
    measures = serializers.ListField(child=serializers.JSONField(), required=False)
    sort = serializers.ListField(child=serializers.JSONField(), required=False)
    limit = serializers.IntegerField(required=False)


class TextParser(BaseParser):
    """The body as its text: of the numbers in it no digit is lost by reading them twice."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> dict[str, str]:
        """At most what a query may have, and a byte more, by which it is refused."""
        return {"text": stream.read(4 * LONGEST + 1).decode(errors="replace")}


@access(PUBLIC)
class DatasetQuery(APIView):
    """The same by GET and POST; what is asked is checked in words."""

    parser_classes = (TextParser,)

    @extend_schema(
        parameters=[ASKED, NUMBER],
        responses=AnswerSerializer,
        tags=["datasets"],
        operation_id="datasets_query",
    )
    def get(self, request: Request, slug: str) -> Response:
        """Asks a dataset."""
        return _answer(request, slug, request.query_params.get("q") or "{}")

    @extend_schema(
        parameters=[NUMBER],
        request=QueryDocument,
        responses=AnswerSerializer,
        tags=["datasets"],
        operation_id="datasets_query_by_body",
    )
    def post(self, request: Request, slug: str) -> Response:
        """Asks a dataset, with the query as the body."""
        return _answer(request, slug, dict(request.data).get("text", "{}"))


@access(PUBLIC)
class SavedQueryAnswer(APIView):
    """A query under an address of its own."""

    @extend_schema(responses=AnswerSerializer, tags=["datasets"], operation_id="queries_retrieve")
    def get(self, request: Request, key: UUID) -> Response:
        """Its answer of today, for who may read the data."""
        found = queries.saved(key)
        revision = answers.revision_of(found.dataset, found.revision)
        return _response(
            answers.rows(Reader.of(request), revision, found.asked, at=clock.now(), form="query.api")
        )


def _answer(request: Request, slug: str, text: str) -> Response:
    dataset = public_dataset(slug)
    revision = answers.revision_of(dataset, answers.number_of(request.query_params.get("revision", "")))
    return _response(
        answers.rows(Reader.of(request), revision, parse(text), at=clock.now(), form="query.api")
    )


def _response(answer: Answer) -> Response:
    cited, found = answer.cited, answer.found
    return Response(
        {
            "dataset": cited.dataset.slug,
            "revision": cited.revision.number,
            "sha256": cited.revision.sha256,
            "joined": _joined(cited.joined) if cited.joined else None,
            "query": cited.query.document(),
            "at": cited.at,
            "address": cited.address,
            "columns": [
                {"name": name, "type": kind} for name, kind in zip(found.names, found.types, strict=True)
            ],
            "rows": [
                [cell(one, kind) for one, kind in zip(row, found.types, strict=True)] for row in found.rows
            ],
            "cut": found.cut,
        },
        headers=cited.headers(len(found.rows), found.cut),
    )


def _joined(revision: Revision) -> dict[str, Any]:
    return {"dataset": revision.dataset.slug, "revision": revision.number, "sha256": revision.sha256}
