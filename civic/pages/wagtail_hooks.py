"""The CMS as the council's editors meet it: only what they need, in a few words."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from civic.pages import look
from civic.pages.choosers import PublicViewSet, call_chooser, project_chooser

# People, groups and workflows are managed in the council's admin; help and reports lead out of the house.
NEEDED = {"explorer", "images", "documents", "settings", "see-site"}
NEEDED_SETTINGS = {"name-and-look", "redirects", "sites"}


@hooks.register("register_admin_viewset")
def choosers() -> list[PublicViewSet]:
    """The windows in which a call or a project is chosen."""
    return [call_chooser, project_chooser]


@hooks.register("register_admin_menu_item")
def see_site() -> MenuItem:
    """The way back to the public site."""
    return MenuItem(_("See the site"), "/", name="see-site", icon_name="view", order=10_000)


@hooks.register("construct_main_menu")
def only_needed(request: HttpRequest, items: list[Any]) -> None:
    """Leaves out what nobody here needs."""
    items[:] = [item for item in items if item.name in NEEDED]


@hooks.register("construct_settings_menu")
def only_needed_settings(request: HttpRequest, items: list[Any]) -> None:
    """Name and look, redirects, and for administrators the sites."""
    items[:] = [item for item in items if item.name in NEEDED_SETTINGS]


@hooks.register("construct_homepage_panels")
def start_with_the_pages(request: HttpRequest, panels: list[Any]) -> None:
    """The start page of the CMS without upgrade notes."""
    panels[:] = [
        panel
        for panel in panels
        if type(panel).__name__ not in {"UpgradeNotificationPanel", "WhatsNewBanner"}
    ]


@hooks.register("after_edit_image")
def forget_look(request: HttpRequest, image: Any) -> None:
    """The logo or the hero may have been exchanged."""
    look.forget()
