"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any
from uuid import uuid4

from civic.accounts.models import Person
from tests.factories import pages
from tests.whole.scene import EVERYBODY, SIGNED_IN, STAFF, opens

OPENS = {
    **opens(
        EVERYBODY,
        "pages:search",
        "pages:developers",
        "pages:robots",
        "pages:manifest",
        "pages:icon",
        "pages:icon-png",
        "pages:favicon",
        "pages:sitemap",
        "pages:sitemap-section",
        "theme",
        "styleguide",
        "api-schema",
        "wagtail_serve",
    ),
    **opens(SIGNED_IN, "resume"),
    # It does not exist.
    **opens(frozenset(), "media"),
    # Both lead to the one place where people sign in.
    **opens(frozenset(), "pages:sign-in", "cms/login/"),
    **opens(STAFF, "cms/users/", "cms/users/<path:rest>"),
    # Wagtail's bulk actions on people, which the council's admin has in place of them: they do not exist.
    **opens(frozenset(), "cms/bulk/<str:app_label>/<str:model_name>/<str:action>/"),
    **opens(EVERYBODY, "demo:visitors", "demo:mail"),
    # It does not exist.
    **opens(frozenset(), "demo:message", "demo:sign-in"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    pages.tree()
    return {
        "pages:icon-png": {"size": 192},
        "pages:sitemap-section": {"section": "projects"},
        "theme": {"accent": "0b7a75"},
        "resume": {"token": "unknown"},
        "media": {"path": f"projects/{uuid4()}.webp"},
        "demo:message": {"pk": uuid4()},
    }
