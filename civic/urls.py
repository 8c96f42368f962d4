"""All addresses of the site. Each declares who may come; one that does not stops the start."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import admin
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path
from django.views import defaults
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.documents import urls as wagtail_document_urls

from civic.accounts import urls as accounts
from civic.core import access, problems, suspended
from civic.core.media import media
from civic.core.styleguide import styleguide
from civic.core.theme import theme
from civic.notifications import urls as notifications
from civic.pages import editors_routes
from civic.pages import urls as pages
from datasets.access import urls as data_access
from datasets.analytics import urls as analytics
from datasets.catalogue import urls as catalogue
from datasets.consent import urls as consent
from datasets.reuses import urls as reuses
from marketplace.campaigns import urls as campaigns
from marketplace.exchange import urls as exchange
from marketplace.invoicing import urls as invoicing
from marketplace.ledger import urls as ledger
from marketplace.matching import urls as matching
from marketplace.payments import urls as payments
from marketplace.payouts import urls as payouts
from marketplace.sponsorship import urls as sponsorship
from projects.calls import urls as calls
from projects.contributions import urls as contributions
from projects.delivery import urls as delivery
from projects.discussion import urls as discussion
from projects.proposals import urls as proposals
from projects.voting import urls as voting

SLICES = [
    accounts,
    notifications,
    analytics,
    consent,
    reuses,
    data_access,
    catalogue,
    calls,
    proposals,
    discussion,
    voting,
    contributions,
    delivery,
    ledger,
    payments,
    invoicing,
    campaigns,
    matching,
    sponsorship,
    payouts,
    exchange,
    pages,
]

# Addresses of old, in links that people keep: each leads for good to the URL of this name, query and all.
MOVED = {"me/ways-to-pay/": "payments:methods", "me/ways-to-pay/<uuid:pk>/remove/": "payments:method-remove"}


def moved(name: str) -> Callable[..., HttpResponseBase]:
    """A view for everybody that says 301; who may come is the business of the page that it leads to."""
    view = RedirectView.as_view(pattern_name=name, permanent=True, query_string=True)
    return access.access(access.PUBLIC)(view)


api = [pattern for slice_urls in SLICES for pattern in slice_urls.api]

DEMO = [path("", include("civic.demo.urls"))] if settings.DEMO else []

urlpatterns: list[URLPattern | URLResolver] = [
    *DEMO,
    *[path("", include(slice_urls)) for slice_urls in SLICES],
    *[path(old, moved(name)) for old, name in MOVED.items()],
    path("api/v1/schema/", access.access(access.PUBLIC)(SpectacularAPIView.as_view()), name="api-schema"),
    path("api/v1/", include((api, "api"))),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("cms/", include(wagtail_admin_urls)),
    path("documents/", include(wagtail_document_urls)),
    path("continue/<str:token>/", suspended.resume, name="resume"),
    path("media/<path:path>", media, name="media"),
    path("theme/<slug:accent>.css", theme, name="theme"),
    path("styleguide/", styleguide, name="styleguide"),
    path("", include(wagtail_urls)),
]

editors_routes.declare()
access.delegate(
    pattern
    for pattern in urlpatterns
    if str(pattern.pattern) in ("accounts/", "admin/", "cms/", "documents/", "")
    and getattr(pattern, "urlconf_module", None) not in SLICES
)
access.require_declarations(urlpatterns)

handler400 = problems.handler(400, "bad-request", "Bad request", defaults.bad_request)
handler403 = problems.handler(403, "forbidden", "Forbidden", defaults.permission_denied)
handler404 = problems.handler(404, "not-found", "Not found", defaults.page_not_found)
handler500 = problems.handler(500, "server-error", "Server error", defaults.server_error)
