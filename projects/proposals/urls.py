"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from civic.core.access import PUBLIC, access
from projects.proposals import rest
from projects.proposals.views import browse, gallery, handing_in, show, team, wizard

app_name = "proposals"

urlpatterns: list[URLPattern | URLResolver] = [
    path("propose/", access(PUBLIC)(RedirectView.as_view(pattern_name="proposals:start")), name="propose"),
    path("projects/", browse.browse, name="browse"),
    path("projects/new/", wizard.start, name="start"),
    path("projects/covers/<uuid:key>/<slug:theme>.svg", show.cover, name="cover"),
    path("projects/invitations/<uuid:key>/", team.invitation, name="invitation"),
    path("projects/<slug:slug>/", show.show, name="show"),
    path("projects/<slug:slug>/cover.svg", show.cover_of, name="cover-of"),
    path("projects/<slug:slug>/changes/", show.changes, name="changes"),
    path("projects/<slug:slug>/support/", show.support, name="support"),
    path("projects/<slug:slug>/cancel/", handing_in.cancel, name="cancel"),
    path("projects/<slug:slug>/edit/pictures/", gallery.pictures, name="pictures"),
    path("projects/<slug:slug>/edit/preview/", handing_in.preview, name="preview"),
    path("projects/<slug:slug>/edit/<slug:step>/", wizard.edit, name="edit"),
    path("projects/<slug:slug>/pictures/<uuid:key>/", gallery.picture, name="picture"),
    path("projects/<slug:slug>/team/", team.invite, name="invite"),
    path("projects/<slug:slug>/team/<uuid:key>/leave/", team.leave, name="leave"),
    path("projects/<slug:slug>/invitations/<uuid:key>/", team.withdraw, name="withdraw"),
]
api: list[URLPattern | URLResolver] = [
    path("projects/", rest.ProjectList.as_view(), name="projects"),
    path("projects.csv", rest.projects_csv, name="projects-csv"),
    path("projects/<slug:slug>/", rest.ProjectDetail.as_view(), name="project"),
]
