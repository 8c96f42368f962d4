"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from datasets.catalogue import rest
from datasets.catalogue.ckan import answering
from datasets.catalogue.views import browse, descriptions, edit, files, resumable, series, uploads

app_name = "catalogue"

urlpatterns: list[URLPattern | URLResolver] = [
    path("data/", browse.browse, name="browse"),
    path("data/new/", edit.create, name="create"),
    path("data/uploads/<uuid:key>/", uploads.upload, name="upload"),
    path("data/uploads/<uuid:key>/confirm/", uploads.confirm, name="confirm"),
    path("data/uploads/<uuid:key>/publish/", uploads.publish, name="publish"),
    path("data/uploads/<uuid:key>/discard/", uploads.discard, name="discard"),
    path("data/uploads/<uuid:key>/rejected.csv", uploads.rejected, name="rejected"),
    path("data/catalog.<slug:form>", descriptions.catalogue, name="catalogue"),
    path("data/series/<slug:slug>/", series.show, name="series"),
    path("data/series/<slug:slug>/edit/", series.edit, name="series-edit"),
    path("data/<slug:slug>/", browse.dataset, name="dataset"),
    path("data/<slug:slug>/edit/", edit.edit, name="edit"),
    path("data/<slug:slug>/step/", edit.step, name="step"),
    path("data/<slug:slug>/follow/", series.follow, name="follow"),
    path("data/<slug:slug>/withdraw/", edit.withdraw, name="withdraw"),
    path("data/<slug:slug>/upload/", uploads.send, name="upload-new"),
    path("data/<slug:slug>/revisions/<int:number>/", browse.revision, name="revision"),
    path("data/<slug:slug>/dcat.<slug:form>", descriptions.dataset, name="dcat"),
    path("data/<slug:slug>/schema.json", descriptions.table_schema, name="table-schema"),
    path("data/<slug:slug>/csvw.json", descriptions.csvw, name="csvw"),
    path("data/<slug:slug>/<int:number>.schema.json", descriptions.table_schema, name="table-schema"),
    path("data/<slug:slug>/<int:number>.csvw.json", descriptions.csvw, name="csvw"),
    path("data/<slug:slug>/latest.<slug:form>", files.latest, name="latest"),
    path("data/<slug:slug>/<int:number>.<slug:form>", files.file, name="file"),
    path("api/action/<str:name>", answering.act, name="ckan"),
    path("api/3/action/<str:name>", answering.act, name="ckan-3"),
]
api: list[URLPattern | URLResolver] = [
    path("datasets/", rest.DatasetList.as_view(), name="datasets"),
    path("datasets/<slug:slug>/", rest.DatasetDetail.as_view(), name="dataset"),
    path("datasets/<slug:slug>/revisions/", rest.Revisions.as_view(), name="dataset-revisions"),
    path("files/", resumable.Files.as_view(), name="files"),
    path("files/<uuid:key>/", resumable.File.as_view(), name="upload"),
]
