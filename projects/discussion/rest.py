"""The discussion as open data: what was said and is still shown."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from civic.core.access import PUBLIC, access
from civic.core.serializers import OpenDataSerializer
from projects.discussion.models import Comment
from projects.proposals.models import Project


class CommentSerializer(OpenDataSerializer[Comment]):
    """A comment; `author` is the name that the person shows to others, `organisation` for whom they speak."""

    author = serializers.SerializerMethodField()
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

    def get_author(self, comment: Comment) -> str | None:
        return comment.author.display_name if comment.author else None


@extend_schema(summary="Comments of a project, newest first", tags=["projects"], auth=[])
@access(PUBLIC)
class ProjectComments(ListAPIView[Comment]):
    """Shown comments only: neither hidden nor taken back ones are part of it."""

    serializer_class = CommentSerializer
    queryset = Comment.objects.none()

    def get_queryset(self) -> QuerySet[Comment]:
        project = get_object_or_404(Project.objects.public(), slug=self.kwargs["slug"])
        shown = Comment.objects.shown().filter(project=project)
        return shown.select_related("author", "organisation", "project")
