"""The CMS as the council's editors meet it: only what they need, in a few words."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from civic.pages.addresses import DocumentLinks, Images, KeptPageLinks
from civic.pages.choosers import PublicViewSet, call_chooser, project_chooser
from civic.pages.models import HomePage, StoryIndexPage, settings

# People, groups and workflows are managed in the council's admin; help and reports lead to other sites.
NEEDED = {"explorer", "images", "documents", "settings", "see-site"}
NEEDED_SETTINGS = {"name-and-look", "redirects", "sites"}


@hooks.register("register_admin_viewset")
def choosers() -> list[PublicViewSet]:
    """The windows in which a call or a project is chosen."""
    return [call_chooser, project_chooser]


@hooks.register("register_rich_text_features", order=1000)
def cheap_links(features: Any) -> None:
    """After Wagtail's own features, in place of its handlers of what a text points to."""
    features.register_link_type(KeptPageLinks)
    features.register_link_type(DocumentLinks)
    features.register_embed_type(Images)


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


class WhereToStart(Component):
    """The tasks that editors come for, as links."""

    name = "where-to-start"
    template_name = "pages/cms_start.html"
    order = 10

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        home = HomePage.objects.first()
        return {"home": home, "stories": StoryIndexPage.objects.first()}


@hooks.register("construct_homepage_panels")
def start_with_the_tasks(request: HttpRequest, panels: list[Any]) -> None:
    """The start page of the CMS."""
    panels.append(WhereToStart())


@hooks.register("after_edit_image")
def forget_look(request: HttpRequest, image: Any) -> None:
    """The logo or the hero may have been exchanged."""
    settings.forget_look()
