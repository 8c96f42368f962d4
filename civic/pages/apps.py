from django.apps import AppConfig

from civic.accounts import groups


class PagesConfig(AppConfig):
    name = "civic.pages"

    council_permissions = {
        groups.EDITORS: [
            "wagtailadmin.access_admin",
            "change_sitesettings",
            "wagtailredirects.add_redirect",
            "wagtailredirects.change_redirect",
            "wagtailredirects.delete_redirect",
        ]
    }
