from django.apps import AppConfig

from civic.accounts import groups


class PagesConfig(AppConfig):
    name = "civic.pages"
    label = "pages"
    verbose_name = "Pages"

    council_permissions = {
        groups.EDITORS: [
            "wagtailadmin.access_admin",
            "pages.change_sitesettings",
            "wagtailredirects.add_redirect",
            "wagtailredirects.change_redirect",
            "wagtailredirects.delete_redirect",
        ],
    }

    def ready(self) -> None:
        from civic.accounts import mail, privacy
        from civic.pages.look import look

        mail.looks_like(lambda: (str(look()["name"]), str(look()["colour"])))
        privacy.impersonal(
            "pages.SiteSettings", "contact_address", "contact_email", because="the council's own"
        )
