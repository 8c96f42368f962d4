"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from projects.discussion import rest
from projects.discussion.views import moderation, talk

app_name = "discussion"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<slug:slug>/discussion/", talk.discussion, name="discussion"),
    path("projects/<slug:slug>/discussion/post/", talk.post, name="post"),
    path("projects/<slug:slug>/discussion/<uuid:comment>/", talk.thread, name="thread"),
    path("projects/<slug:slug>/follow/", talk.follow, name="follow"),
    path("projects/<slug:slug>/report/", moderation.ReportProject.as_view(), name="report_project"),
    path("comments/<uuid:comment>/edit/", talk.Edit.as_view(), name="edit"),
    path("comments/<uuid:comment>/delete/", talk.Delete.as_view(), name="delete"),
    path("comments/<uuid:comment>/report/", moderation.ReportComment.as_view(), name="report_comment"),
    path("moderation/", moderation.about, name="moderation"),
    path("moderation/<uuid:case>/", moderation.Case.as_view(), name="case"),
]
api: list[URLPattern | URLResolver] = [
    path("projects/<slug:slug>/comments/", rest.ProjectComments.as_view(), name="project-comments")
]
