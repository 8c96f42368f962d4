from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "datasets.catalogue"
    verbose_name = "Data catalogue"
