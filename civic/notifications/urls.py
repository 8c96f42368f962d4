"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from civic.notifications import views

app_name = "notifications"

urlpatterns: list[URLPattern | URLResolver] = [
    path("notifications/", views.notifications, name="list"),
    path("notifications/read/", views.read_all, name="read_all"),
    path("notifications/<uuid:notification>/read/", views.read, name="read"),
    path("notifications/settings/", views.Settings.as_view(), name="settings"),
    path("notifications/unsubscribe/<str:token>/", views.Unsubscribe.as_view(), name="unsubscribe"),
]
api: list[URLPattern | URLResolver] = []
