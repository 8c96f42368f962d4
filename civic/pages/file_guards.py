"""Pictures of the editors in the sizes of pages are for everybody; originals for editors.

Documents have no guard: Wagtail's own address serves them and asks for their collection's restrictions; by their file's
name, which is the sender's, nobody gets them.
"""

from django.http import HttpRequest
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction

from civic.core import media


def sees_rendition(request: HttpRequest, name: str) -> bool:
    """Whether the picture is in no collection that is closed to the reader."""
    if not CollectionViewRestriction.objects.exists():
        return True
    renditions = get_image_model().get_rendition_model().objects.select_related("image__collection")
    found = renditions.filter(file=name).first()
    if found is None:
        return False
    return all(one.accept_request(request) for one in found.image.collection.get_view_restrictions())


def is_editor(request: HttpRequest, name: str) -> bool:
    return bool(request.user.has_perm("wagtailadmin.access_admin"))


media.guards.register(
    media.Guard("images", sees_rendition, public=True), media.Guard("original_images", is_editor)
)
