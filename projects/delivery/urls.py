"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from projects.delivery import rest, views

app_name = "delivery"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<slug:slug>/delivery/", views.progress, name="progress"),
    path("projects/<slug:slug>/delivery/plan/", views.plan, name="plan"),
    path("projects/<slug:slug>/delivery/step/", views.project_step, name="step"),
    path("projects/<slug:slug>/delivery/update/", views.update, name="update"),
    path("milestones/<uuid:key>/", views.milestone, name="milestone"),
    path("milestones/<uuid:key>/step/", views.milestone_step, name="milestone_step"),
    path("milestones/<uuid:key>/evidence/", views.evidence, name="evidence"),
    path("milestones/<uuid:key>/evidence/<uuid:evidence>/remove/", views.remove, name="remove"),
]
api: list[URLPattern | URLResolver] = [
    path("projects/<slug:slug>/milestones/", rest.Milestones.as_view(), name="project-milestones"),
    path("projects/<slug:slug>/updates/", rest.Updates.as_view(), name="project-updates"),
]
