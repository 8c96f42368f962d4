"""Which of Wagtail's pages below /cms/ are open to editors; all others are closed, also those of its next version."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver
from wagtail.admin import urls as wagtail_admin_urls

from civic.core.access import DELEGATED, Access

CLOSED = Access("closed", lambda person: False)

# People, groups, workflows, reports, collections, forms and passwords are not among them: the council's admin has what
# is needed of these, by operations with reasons.
OPEN_NAMESPACES = {
    *("wagtailadmin_api", "wagtailadmin_pages", "wagtailadmin_editing_sessions", "wagtailredirects"),
    *("wagtailsettings", "wagtailsites", "wagtailembeds", "call_chooser", "project_chooser"),
    *("wagtailimages", "wagtailimages_chooser", "wagtaildocs", "wagtaildocs_chooser"),
}
OPEN_NAMES = {
    *(
        "wagtailadmin_home",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_dismissibles",
    ),
    *("wagtailadmin_explore_root", "wagtailadmin_explore", "wagtailadmin_explore_results"),
    *("wagtailadmin_choose_page", "wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search"),
    *("wagtailadmin_choose_page_chosen_multiple", "wagtailadmin_choose_page_external_link"),
    *("wagtailadmin_choose_page_email_link", "wagtailadmin_choose_page_phone_link"),
    *("wagtailadmin_choose_page_anchor_link", "wagtailadmin_block_preview"),
    *("wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete"),
    *("wagtailadmin_account", "wagtailadmin_logout", "wagtailadmin_login", "wagtail_bulk_action"),
}


def declare() -> None:
    """Declares for each of Wagtail's admin pages whether it is open; Wagtail checks permissions of those that are."""
    for namespace, pattern in _routes(wagtail_admin_urls.urlpatterns):
        # The last pattern has no name and answers 404 to what is no page at all.
        is_open = namespace in OPEN_NAMESPACES if namespace else pattern.name in {*OPEN_NAMES, None}
        pattern.callback.access = DELEGATED if is_open else CLOSED  # type: ignore[attr-defined]


def _routes(patterns: Iterable[Any], namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, namespace or pattern.namespace or "")
        else:
            yield namespace, pattern
