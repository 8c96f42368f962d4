"""What serializers of the API have in common."""

from typing import Any, TypeVar

from django.db.models import Model
from rest_framework import serializers

Row = TypeVar("Row", bound=Model)


# Rows as the API shows them; none of their columns is ever written. Not a docstring: the API document would give it
# as the description of every serializer without one.
class OpenDataSerializer(serializers.ModelSerializer[Row]):
    def get_extra_kwargs(self) -> dict[str, Any]:
        return {name: {"read_only": True} for name in self.Meta.fields}
