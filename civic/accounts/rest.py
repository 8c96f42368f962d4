"""Open data of this slice: the city's areas."""

from typing import Any

from rest_framework import serializers
from rest_framework.generics import ListAPIView

from civic.accounts.models import Area
from civic.core.access import PUBLIC, access


class AreaSerializer(serializers.ModelSerializer[Area]):
    """An area; `parent` is the slug of the city for a district, `boundary` a GeoJSON geometry (RFC 7946)."""

    # DRF sets its own `parent` on instances; here it is the name in the API.
    parent = serializers.SlugRelatedField[Any](  # type: ignore[assignment]
        slug_field="slug", read_only=True, allow_null=True
    )
    boundary = serializers.JSONField(read_only=True, allow_null=True)

    class Meta:
        model = Area
        fields = ("slug", "name", "parent", "boundary")


@access(PUBLIC)
class Areas(ListAPIView[Area]):
    """The city and its districts; there are few, so they come in one piece."""

    queryset = Area.objects.select_related("parent").order_by("position", "name")
    serializer_class = AreaSerializer
    authentication_classes = ()
    pagination_class = None
