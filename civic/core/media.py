"""Uploaded pictures as files: never as a page, whatever their bytes say.

Their names are random ids; a front server may take over this path (deploy/).
"""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils._os import safe_join
from django.views.decorators.cache import cache_control
from django.views.static import serve

from civic.core.access import PUBLIC, access

INLINE = {"image/jpeg", "image/png", "image/webp"}
# Longer than any name that we give; the file system refuses to look for one of more than 255 bytes.
LONGEST = 200


@access(PUBLIC)
@cache_control(public=True, max_age=24 * 3600, immutable=True)
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One uploaded file: pictures inline, anything else only as a download, scripts never."""
    if len(path) > LONGEST or not safe_join(settings.MEDIA_ROOT, path):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    if isinstance(response, FileResponse) and response.headers["Content-Type"] not in INLINE:
        response.headers["Content-Disposition"] = "attachment"
    return response
