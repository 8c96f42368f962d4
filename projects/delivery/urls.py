"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from projects.delivery import rest
from projects.delivery.views import milestones, progress

app_name = "delivery"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<slug:slug>/delivery/", progress.progress, name="progress"),
    path("projects/<slug:slug>/delivery/plan/", progress.plan, name="plan"),
    path("projects/<slug:slug>/delivery/step/", progress.step, name="step"),
    path("projects/<slug:slug>/delivery/update/", progress.update, name="update"),
    path("milestones/<uuid:key>/", milestones.milestone, name="milestone"),
    path("milestones/<uuid:key>/step/", milestones.step, name="milestone_step"),
    path("milestones/<uuid:key>/evidence/", milestones.evidence, name="evidence"),
    path("milestones/<uuid:key>/evidence/<uuid:evidence>/remove/", milestones.remove, name="remove"),
]
api: list[URLPattern | URLResolver] = [
    path("projects/<slug:slug>/milestones/", rest.Milestones.as_view(), name="project-milestones"),
    path("projects/<slug:slug>/updates/", rest.Updates.as_view(), name="project-updates"),
]
