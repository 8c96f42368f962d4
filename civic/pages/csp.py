"""A content security policy of its own for the CMS: Wagtail's editor writes inline scripts and styles.

Only responses below /cms/ to signed-in staff carry it; every other page keeps the strict policy of the settings.
"""

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}


class EditorsPolicy(MiddlewareMixin):
    """Relaxes the policy where editors work; below CSPMiddleware, which writes the header."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        inside = request.path.startswith(reverse("wagtailadmin_home"))
        if inside and request.user.is_authenticated and request.user.is_staff:
            # A preview passed through all middleware already, as the public page that it shows.
            for name in ("Content-Security-Policy", "Cache-Control"):
                response.headers.pop(name, None)
            csp_replace(POLICY)(lambda _: response)(request)
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response
