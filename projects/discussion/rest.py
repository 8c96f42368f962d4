"""The discussion as open data: what was said and is still shown."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from civic.core.access import PUBLIC, access
from civic.core.serializers import OpenDataSerializer
from projects.discussion.models import Comment
from projects.proposals.queries import public_project


class CommentSerializer(OpenDataSerializer[Comment]):
    """A comment; `author` is the name that the person shows to others, `organisation` for whom they speak."""

    author = serializers.CharField(source="author.display_name", read_only=True, allow_null=True)
    organisation = serializers.SlugRelatedField[Any](read_only=True, slug_field="slug", allow_null=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Comment
        fields = (
            "id",
            "parent",
            "author",
            "organisation",
            "body",
            "posted_at",
            "edited_at",
            "replies",
            "url",
        )


@extend_schema(summary="Comments of a project, newest first", tags=["projects"], auth=[])
@access(PUBLIC)
class ProjectComments(ListAPIView[Comment]):
    """Shown comments only: neither hidden nor taken back ones are part of it."""

    serializer_class = CommentSerializer
    queryset = Comment.objects.none()

    def get_queryset(self) -> QuerySet[Comment]:
        shown = Comment.objects.shown().filter(project=public_project(self.kwargs["slug"]))
        return shown.select_related("author", "organisation", "project")
