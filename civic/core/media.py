"""Uploaded files: for whoever may see what they belong to, and never as a page, whatever their bytes say.

Each folder has a guard of the slice that writes to it; a folder without one is closed. A front server must not take
over this path: it would go on serving the pictures of a project that a moderator has hidden.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils._os import safe_join
from django.utils.cache import patch_cache_control
from django.views.static import serve

from civic.core.access import PUBLIC, access
from civic.core.registry import Registry

INLINE = {"image/jpeg", "image/png", "image/webp"}
# Longer than any name that we give; the file system refuses to look for one of more than 255 bytes.
LONGEST = 200
# What can be hidden is kept in the reader's own browser only, and not for long.
KEPT_PRIVATE, KEPT_PUBLIC = 300, 24 * 3600


@dataclass(frozen=True)
class Guard:
    """Who may have the files of a folder: `may_see(request, name)`. Those of `public` ones may be cached by anybody."""

    slug: str
    may_see: Callable[[HttpRequest, str], bool]
    public: bool = False


guards: Registry[Guard] = Registry("guard of files")


@access(PUBLIC)
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One uploaded file: pictures inline, anything else only as a download, scripts never."""
    guard = guards.get(path.partition("/")[0])
    if len(path) > LONGEST or "\0" in path or not safe_join(settings.MEDIA_ROOT, path):
        raise Http404
    if guard is None or not guard.may_see(request, path):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if guard.public:
        patch_cache_control(response, public=True, max_age=KEPT_PUBLIC)
    else:
        patch_cache_control(response, private=True, max_age=KEPT_PRIVATE)
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    if isinstance(response, FileResponse) and response.headers["Content-Type"] not in INLINE:
        response.headers["Content-Disposition"] = "attachment"
    return response
