"""Datasets as open data: lists, one dataset with its columns and files, its revisions."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import generics, serializers

from civic.core.access import PUBLIC, access
from civic.core.paging import KeysetPagination
from civic.core.serializers import OpenDataSerializer
from datasets.catalogue.models import Dataset, Distribution, Original, Revision
from datasets.catalogue.queries import Filters, cards, public_dataset, search_datasets, shown
from datasets.catalogue.vocabularies import Format, Licence, Theme


class Asked(serializers.Serializer[Any]):
    """What a list is narrowed by."""

    q = serializers.CharField(
        required=False, allow_blank=True, max_length=200, help_text="Words; spelling need not be exact."
    )
    theme = serializers.ChoiceField(Theme.choices, required=False, help_text="EU authority table data-theme.")
    format = serializers.ChoiceField(Format.choices, required=False)
    licence = serializers.ChoiceField(Licence.choices, required=False)
    publisher = serializers.SlugField(required=False, help_text="Slug of an organisation.")


class DatasetSerializer(OpenDataSerializer[Dataset]):
    """`theme` and `frequency` are of the EU's authority tables, `licence` is an address.

    `high_value_category` is one of EU 2023/138, or empty. Only of what is `open` in `access_level` everybody reads
    the rows; the page at `url` says how to get the others.
    """

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    publisher = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    area = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True, allow_null=True)
    keywords = serializers.ListField(child=serializers.CharField(), read_only=True)
    series = serializers.SlugRelatedField[Any](
        slug_field="slug", read_only=True, allow_null=True, help_text="Slug of the series that it is of."
    )
    harvested_from = serializers.CharField(
        read_only=True,
        allow_null=True,
        source="harvested_from.address",
        default=None,
        help_text="Address of the catalogue that it comes from; such a dataset has no revision here.",
    )

    class Meta:
        model = Dataset
        fields: tuple[str, ...] = (
            *("id", "slug", "url", "title", "description", "keywords", "publisher", "theme", "frequency"),
            *("licence", "access_level", "high_value_category", "area", "first_day", "last_day"),
            *("latest", "revised_at", "series", "harvested_from"),
        )


class DistributionSerializer(OpenDataSerializer[Distribution]):
    """A file: `size` in bytes, `sha256` in hexadecimal digits, which is also its ETag; null of what is not open."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    size = serializers.IntegerField(source="public_size", read_only=True, allow_null=True)
    sha256 = serializers.CharField(source="public_sha256", read_only=True, allow_null=True)

    class Meta:
        model = Distribution
        fields = ("format", "media_type", "size", "sha256", "url")


class RevisionSerializer(OpenDataSerializer[Revision]):
    """A version that is never changed; `rejected_rows` were in the file and are not in it."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    sha256 = serializers.CharField(
        source="public_sha256",
        read_only=True,
        allow_null=True,
        help_text="Of its Parquet file; null of what is not open.",
    )
    distributions = DistributionSerializer(many=True, read_only=True)

    class Meta:
        model = Revision
        fields: tuple[str, ...] = (
            *(
                "id",
                "number",
                "url",
                "sha256",
                "rows",
                "rejected_rows",
                "note",
                "published_at",
                "distributions",
            ),
        )


class FullRevisionSerializer(RevisionSerializer):
    """With `schema`, a Table Schema (Frictionless Data), and what is other than in the revision before."""

    schema = serializers.JSONField(source="public_schema", read_only=True)
    difference = serializers.JSONField(
        source="public_difference",
        read_only=True,
        allow_null=True,
        help_text="`from` a number; `columns` added, removed, changed (name, old and new type); `rows` added, removed. "
        "Null of what is not open.",
    )

    class Meta(RevisionSerializer.Meta):
        fields = (*RevisionSerializer.Meta.fields, "schema", "difference")


class FileElsewhere(serializers.Serializer[Any]):
    """Where a file of a harvested dataset is, as its catalogue says."""

    address = serializers.CharField()
    title = serializers.CharField()
    format = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(allow_null=True)


class OriginalSerializer(OpenDataSerializer[Original]):
    """What the source of a harvested dataset says of it; `licence` in its words, `uri` its name of the dataset."""

    files = FileElsewhere(many=True, read_only=True)

    class Meta:
        model = Original
        fields = ("uri", "page", "publisher", "licence", "files")


class DatasetDetailSerializer(DatasetSerializer):
    """With its newest revision; a harvested one has an `original` instead."""

    revision = serializers.SerializerMethodField()
    original = OriginalSerializer(read_only=True, allow_null=True, default=None)

    class Meta(DatasetSerializer.Meta):
        fields = (*DatasetSerializer.Meta.fields, "revision", "original")

    @extend_schema_field(FullRevisionSerializer(allow_null=True))
    def get_revision(self, dataset: Dataset) -> Any:
        """The newest one."""
        newest = shown(dataset, dataset.latest)
        return FullRevisionSerializer(newest, context=self.context).data if newest else None


class NewestFirst(KeysetPagination):
    """By when they were revised."""

    ordering = "-revised_at"


@extend_schema(
    parameters=[Asked], summary="Published datasets, the newest revision first", tags=["datasets"], auth=[]
)
@access(PUBLIC)
class DatasetList(generics.ListAPIView[Dataset]):
    """In keyset pages."""

    authentication_classes = ()
    serializer_class = DatasetSerializer
    pagination_class = NewestFirst
    queryset = Dataset.objects.none()

    def get_queryset(self) -> QuerySet[Dataset]:
        asked = Asked(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        filters = Filters(**asked.validated_data)
        found = filters.apply(cards()).select_related("area", "series", "harvested_from")
        return found.filter(pk__in=search_datasets(filters.q)) if filters.q.strip() else found


@extend_schema_view(
    get=extend_schema(summary="One dataset", tags=["datasets"], auth=[], operation_id="datasets_retrieve")
)
@access(PUBLIC)
class DatasetDetail(generics.RetrieveAPIView[Dataset]):
    """With its newest revision; 410 with the reason where it was withdrawn."""

    authentication_classes = ()
    serializer_class = DatasetDetailSerializer
    queryset = Dataset.objects.none()
    lookup_field = "slug"

    def get_object(self) -> Dataset:
        return public_dataset(self.kwargs["slug"])


@extend_schema(summary="Revisions of a dataset, the newest first", tags=["datasets"], auth=[])
@access(PUBLIC)
class Revisions(generics.ListAPIView[Revision]):
    """Each with its files."""

    authentication_classes = ()
    serializer_class = RevisionSerializer
    queryset = Revision.objects.none()

    def get_queryset(self) -> QuerySet[Revision]:
        files = Prefetch("distributions", Distribution.objects.select_related("revision__dataset"))
        found = public_dataset(self.kwargs["slug"]).revisions.defer("schema", "profile", "report")
        return found.select_related("dataset").prefetch_related(files)
