"""Help as open data: what projects want, and what was verifiably given."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from civic.core.access import PUBLIC, access
from civic.core.serializers import OpenDataSerializer
from projects.contributions.models import Contribution, Want
from projects.proposals.queries import public_project


class WantSerializer(OpenDataSerializer[Want]):
    """A line of the wanted list; `taken` is what is accepted or given of `amount`, in `unit`."""

    taken = serializers.IntegerField(read_only=True)

    class Meta:
        model = Want
        fields = ("id", "kind", "title", "details", "amount", "unit", "taken", "needed_by")


class ContributionSerializer(OpenDataSerializer[Contribution]):
    """Verified help; `giver` is null where they want no name or are gone."""

    kind = serializers.CharField(source="want.kind", read_only=True)
    title = serializers.CharField(source="want.title", read_only=True)
    unit = serializers.CharField(source="want.unit", read_only=True)
    giver = serializers.SerializerMethodField()
    organisation = serializers.SerializerMethodField()
    verified_at = serializers.DateTimeField(source="state_since", read_only=True)

    class Meta:
        model = Contribution
        fields = ("id", "kind", "title", "amount", "unit", "giver", "organisation", "verified_at")

    def get_giver(self, contribution: Contribution) -> str | None:
        return contribution.public_name or None

    def get_organisation(self, contribution: Contribution) -> str | None:
        if contribution.anonymous or contribution.organisation is None:
            return None
        return contribution.organisation.slug


@extend_schema(summary="What a project wants besides money", tags=["projects"], auth=[])
@access(PUBLIC)
class Wanted(ListAPIView[Want]):
    """The lines that are still on the wanted list."""

    serializer_class = WantSerializer
    queryset = Want.objects.none()

    def get_queryset(self) -> QuerySet[Want]:
        return Want.objects.open().filter(project=public_project(self.kwargs["slug"])).with_amounts()


@extend_schema(summary="Help that was verifiably given to a project", tags=["projects"], auth=[])
@access(PUBLIC)
class Given(ListAPIView[Contribution]):
    """Verified contributions only: offers and promises are between the two sides."""

    serializer_class = ContributionSerializer
    queryset = Contribution.objects.none()

    def get_queryset(self) -> QuerySet[Contribution]:
        given = Contribution.objects.of(public_project(self.kwargs["slug"])).verified()
        return given.select_related("want", "person", "organisation")
