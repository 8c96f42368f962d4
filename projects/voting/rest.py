"""Results and published ballots as open data; one's own ballots when signed in."""

from datetime import UTC
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from civic.accounts.requests import signed_in
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.paging import KeysetPagination
from civic.core.serializers import OpenDataSerializer
from projects.calls.models import Call
from projects.voting import explanations, publication, queries
from projects.voting.models import Ballot, BallotLine, Tally
from projects.voting.secrecy import receipt_code


class ResultSerializer(publication.ResultRow):
    """How one project fared; amounts in minor units."""

    explanation = serializers.CharField()


class TallySerializer(serializers.Serializer[Any]):
    """A result with what is needed to compute it again from the published ballots."""

    call = serializers.CharField(source="call.slug")
    rule = serializers.CharField()
    ballots = serializers.IntegerField()
    budget_minor = serializers.IntegerField()
    spent_minor = serializers.IntegerField()
    currency = serializers.CharField()
    computed_at = serializers.DateTimeField(default_timezone=UTC)
    input_digest = serializers.CharField()
    seed = serializers.CharField()
    commitment = serializers.CharField(source="call.poll.commitment")
    papers = serializers.SerializerMethodField(
        help_text="Paper ballots: handed out, counted, and refused as not valid by two people."
    )
    ballots_pb = serializers.SerializerMethodField()
    results = serializers.SerializerMethodField()

    def get_papers(self, tally: Tally) -> dict[str, int]:
        return dict(queries.papers_of(tally.call))

    def get_ballots_pb(self, tally: Tally) -> str:
        return reverse("voting:ballots-pb", args=[tally.call.slug])

    @extend_schema_field(ResultSerializer(many=True))
    def get_results(self, tally: Tally) -> list[dict[str, Any]]:
        words = explanations.explain
        return [
            publication.ResultRow(one).data | {"explanation": words(one, tally)}
            for one in queries.results(tally)
        ]


@extend_schema(summary="Result of a call's vote", tags=["voting"], auth=[], responses=TallySerializer)
@access(PUBLIC)
class CallResults(APIView):
    """404 until the ballots are counted."""

    def get(self, request: Request, slug: str) -> Response:
        return Response(TallySerializer(publication.published(slug)).data)


@extend_schema(
    summary="Result of a call's vote as CSV",
    tags=["voting"],
    auth=[],
    responses={(200, "text/csv"): OpenApiTypes.STR},
)
@access(PUBLIC)
@api_view(["GET"])
def call_results_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """One row a project, streamed."""
    return publication.results_csv(slug)


class PublishedBallotSerializer(OpenDataSerializer[Ballot]):
    """A counted ballot: the fingerprint of its receipt and what it says of each project."""

    choices = serializers.SerializerMethodField(
        help_text="{ballot number of the project: 1, points, or place}"
    )

    class Meta:
        model = Ballot
        # Not the way it came: of one paper among many ballots, the desk that handed it out knows whose it is.
        fields = ("receipt", "choices")

    def get_choices(self, ballot: Ballot) -> dict[str, int]:
        lines = sorted(ballot.lines.all(), key=lambda line: line.value)
        ranked = ballot.call.ballot_kind == Call.BallotKind.RANKING
        # As in the published file: whoever stood behind a cancelled project moves up.
        return {
            line.project.ballot_number: place if ranked else line.value
            for place, line in enumerate(lines, start=1)
        }


class ByReceipt(KeysetPagination):
    """Pages by fingerprint: an order that says nothing about when somebody voted."""

    ordering = "receipt"


@extend_schema(summary="All counted ballots of a decided call", tags=["voting"], auth=[])
@access(PUBLIC)
class CallBallots(ListAPIView[Ballot]):
    """Nothing before the ballots are counted."""

    serializer_class = PublishedBallotSerializer
    pagination_class = ByReceipt
    queryset = Ballot.objects.none()

    def get_queryset(self) -> QuerySet[Ballot]:
        tally = publication.published(self.kwargs["slug"])
        # As in the published file: a project that was cancelled during the vote was not counted.
        counted = BallotLine.objects.filter(project__result__tally=tally).select_related("project")
        ballots = Ballot.objects.live().filter(call=tally.call_id).select_related("call")
        return ballots.prefetch_related(Prefetch("lines", counted))


class OwnBallotSerializer(OpenDataSerializer[Ballot]):
    """One's own ballot with its receipt code."""

    call = serializers.SlugRelatedField[Any](read_only=True, slug_field="slug")
    receipt_code = serializers.SerializerMethodField()
    choices = serializers.SerializerMethodField(help_text="{project id: 1, points, or place}")

    class Meta:
        model = Ballot
        fields = ("call", "created_at", "receipt_code", "choices")

    def get_receipt_code(self, ballot: Ballot) -> str:
        return receipt_code(ballot.pk)

    def get_choices(self, ballot: Ballot) -> dict[str, int]:
        return {str(project): value for project, value in queries.saying(ballot).items()}


@extend_schema(summary="Your own ballots", tags=["voting"])
@access(SIGNED_IN)
class OwnBallots(ListAPIView[Ballot]):
    """The live ones, newest first."""

    serializer_class = OwnBallotSerializer
    queryset = Ballot.objects.none()

    def get_queryset(self) -> QuerySet[Ballot]:
        return queries.own_ballots(signed_in(self.request)).prefetch_related("lines")
