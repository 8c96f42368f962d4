from django.urls import URLPattern, URLResolver, path

from datasets.analytics import rest
from datasets.analytics.views import builder, saved

app_name = "analytics"

urlpatterns: list[URLPattern | URLResolver] = [
    path("data/queries/", saved.own, name="own"),
    path("data/queries/<uuid:key>/", saved.saved, name="saved"),
    path("data/queries/<uuid:key>.<slug:form>", saved.saved_file, name="saved-file"),
    path("data/queries/<uuid:key>/embed/", saved.embed, name="embed"),
    path("data/queries/<uuid:key>/embed/code/", saved.sign_embed, name="embed-code"),
    path("data/queries/<uuid:key>/embed/end/", saved.end_embeds, name="embed-end"),
    path("data/queries/<uuid:key>/remove/", saved.remove, name="remove"),
    path("data/<slug:slug>/query/", builder.build, name="query"),
    path("data/<slug:slug>/query/save/", builder.save, name="save"),
    path("data/<slug:slug>/query.<slug:form>", builder.query_file, name="query-file"),
]
api: list[URLPattern | URLResolver] = [
    path("datasets/<slug:slug>/query/", rest.DatasetQuery.as_view(), name="dataset-query"),
    path("queries/<uuid:key>/", rest.SavedQueryAnswer.as_view(), name="saved-query"),
]
