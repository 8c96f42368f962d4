from django.apps import AppConfig

from civic.accounts import groups


class CatalogueConfig(AppConfig):
    name = "datasets.catalogue"
    verbose_name = "Data catalogue"

    council_permissions = {
        groups.DATA_STEWARDS: [
            *("view_dataset", "change_dataset", "view_upload", "view_revision", "view_uploadstep"),
            "change_uploadstep",
            *("view_source", "add_source", "change_source", "view_harvest", "change_harvest"),
            *("view_harvestrecord", "view_harveststep", "change_harveststep", "view_series"),
        ],
    }
