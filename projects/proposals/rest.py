"""Projects as open data (CC BY 4.0): lists, one project, and everything as CSV."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.utils import OpenApiTypes, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.decorators import api_view, authentication_classes

from civic.core import csv_tables
from civic.core.access import PUBLIC, access
from civic.core.serializers import OpenDataSerializer
from projects.proposals.fields import OpenData, names
from projects.proposals.models import CostLine, ParticipantGoal, Project, Theme
from projects.proposals.queries import Filters, Stage, cards, search_projects

LICENCE = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'


class Asked(serializers.Serializer[Any]):
    """What a list is narrowed by."""

    q = serializers.CharField(
        required=False, allow_blank=True, max_length=200, help_text="Words; spelling need not be exact."
    )
    theme = serializers.ChoiceField(Theme.choices, required=False)
    stage = serializers.ChoiceField(Stage.choices, required=False)
    area = serializers.SlugField(required=False, help_text="Slug of a district.")
    call = serializers.SlugField(required=False, help_text="Slug of a call.")


class CostLineSerializer(OpenDataSerializer[CostLine]):
    class Meta:
        model = CostLine
        fields = ("label", "amount_minor")


class GoalSerializer(OpenDataSerializer[ParticipantGoal]):
    participant = serializers.SerializerMethodField()

    class Meta:
        model = ParticipantGoal
        fields = ("participant", "brings", "wants")

    @extend_schema_field(OpenApiTypes.STR)
    def get_participant(self, goal: ParticipantGoal) -> str:
        """The organisation's name, or the group in words."""
        return str(goal)


class ProjectSerializer(OpenDataSerializer[Project]):
    """Amounts are in minor units of the currency (cents of EUR). Nothing personal is in it."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    cover = serializers.CharField(source="cover_url", read_only=True)
    call = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    area = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True, allow_null=True)
    supporters = serializers.IntegerField(read_only=True)

    class Meta:
        model = Project
        fields: tuple[str, ...] = (
            "id",
            "slug",
            "url",
            *names(open_data=OpenData.LISTS),
            "call",
            "ballot_number",
            "state",
            "cost_minor",
            "currency",
            "supporters",
            "cover",
            "opened_at",
        )


class ProjectDetailSerializer(ProjectSerializer):
    cost_lines = CostLineSerializer(many=True, read_only=True)
    goals = GoalSerializer(many=True, read_only=True)

    class Meta(ProjectSerializer.Meta):
        fields = (*ProjectSerializer.Meta.fields, *names(open_data=OpenData.ALONE), "cost_lines", "goals")


class Open(generics.GenericAPIView[Project]):
    """Read by anybody, without a session."""

    authentication_classes = ()

    def get_queryset(self) -> QuerySet[Project]:
        return cards(Project.objects.listed())


@extend_schema(parameters=[Asked])
@access(PUBLIC)
class ProjectList(Open, generics.ListAPIView[Project]):
    """Public projects, newest first, in keyset pages."""

    serializer_class = ProjectSerializer

    def get_queryset(self) -> QuerySet[Project]:
        return narrowed(super().get_queryset(), self.request.query_params)


@extend_schema_view(get=extend_schema(operation_id="projects_retrieve"))
@access(PUBLIC)
class ProjectDetail(Open, generics.RetrieveAPIView[Project]):
    """One public project with its story, cost lines and goals."""

    serializer_class = ProjectDetailSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Project]:
        return super().get_queryset().prefetch_related("cost_lines", "goals__organisation")


def narrowed(projects: Any, params: Any) -> QuerySet[Project]:
    """The projects that fit the query. Raises ValidationError for values that make no sense."""
    asked = Asked(data=params)
    asked.is_valid(raise_exception=True)
    values = dict(asked.validated_data)
    found: QuerySet[Project] = Filters(**values).apply(projects)
    return found.filter(pk__in=search_projects(values["q"])) if values.get("q") else found


COLUMNS = ("slug", *names(open_data=OpenData.LISTS), "call", "ballot_number",
           "state", "cost_minor", "currency", "supporters", "opened_at")  # fmt: skip


@extend_schema(
    parameters=[Asked], responses={(200, "text/csv"): OpenApiTypes.STR}, operation_id="projects_csv"
)
@access(PUBLIC)
@api_view(["GET"])
@authentication_classes([])
def projects_csv(request: Any) -> StreamingHttpResponse:
    """All public projects that fit, as CSV in UTF-8; cells that look like formulas are quoted."""
    projects = narrowed(cards(Project.objects.listed()), request.query_params).order_by("-id")
    response = csv_tables.download(_table(projects.iterator(chunk_size=1000)), "projects")
    response.headers["Link"] = LICENCE
    return response


def _table(projects: Iterable[Project]) -> Iterator[Iterable[Any]]:
    yield COLUMNS
    for project in projects:
        row = {column: getattr(project, column) for column in COLUMNS}
        yield [value.slug if value and name in ("area", "call") else value for name, value in row.items()]
