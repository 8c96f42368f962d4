"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from civic.accounts import rest
from civic.accounts.views import library_redirects, organisations, people, residency, staff_invitations

app_name = "accounts"

urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", people.dashboard, name="me"),
    path("me/profile/", people.profile, name="profile"),
    path("me/devices/", people.devices, name="devices"),
    path("me/residency/", residency.overview, name="residency"),
    path("me/residency/letter/", residency.letter, name="residency-letter"),
    path("me/residency/registry/", residency.registry, name="residency-registry"),
    path("me/residency/withdraw/", residency.withdraw, name="residency-withdraw"),
    path("me/data/", people.data, name="privacy"),
    path("me/data/export/", people.export, name="export"),
    path("me/data/export/state/", people.export_state, name="export-state"),
    path("me/data/export/<uuid:pk>/", people.download, name="export-download"),
    path("me/data/erase/", people.erase, name="erase"),
    path("me/data/erase/cancel/", people.cancel_erasure, name="cancel-erasure"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("organisations/", organisations.index, name="organisations"),
    path("organisations/new/", organisations.create, name="organisation-new"),
    path("organisations/<slug:slug>/", organisations.detail, name="organisation"),
    path("organisations/<slug:slug>/edit/", organisations.edit, name="organisation-edit"),
    path("organisations/<slug:slug>/leave/", organisations.leave, name="organisation-leave"),
    path("organisations/<slug:slug>/close/", organisations.close, name="organisation-close"),
    path("organisations/<slug:slug>/members/", organisations.members, name="members"),
    path("organisations/<slug:slug>/members/<uuid:pk>/role/", organisations.change_role, name="member-role"),
    path("organisations/<slug:slug>/members/<uuid:pk>/remove/", organisations.remove, name="member-remove"),
    path(
        "organisations/<slug:slug>/invitations/<uuid:pk>/resend/",
        organisations.resend,
        name="invitation-resend",
    ),
    path(
        "organisations/<slug:slug>/invitations/<uuid:pk>/revoke/",
        organisations.revoke,
        name="invitation-revoke",
    ),
    path("invitations/<str:token>/", organisations.answer, name="invitation"),
    path("council/invitations/<str:token>/", staff_invitations.answer, name="staff-invitation"),
    path("cms/login/", library_redirects.sign_in),
    path("cms/users/", library_redirects.people),
    path("cms/users/<path:rest>", library_redirects.people),
    path("cms/bulk/<str:app_label>/<str:model_name>/<str:action>/", library_redirects.bulk),
    path("admin/password_change/", library_redirects.password),
]
api: list[URLPattern | URLResolver] = [path("areas/", rest.Areas.as_view(), name="areas")]
