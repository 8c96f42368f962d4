"""Finding what an address names, for whoever asks."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from civic.core.policies import may, require
from datasets.catalogue.models import Dataset, Upload


def visible(request: HttpRequest, slug: str) -> Dataset:
    """A dataset that the reader may know of; 404 otherwise."""
    found = Dataset.objects.visible_to(request.user)
    found = found.select_related("publisher", "area", "series", "harvested_from", "original")
    return get_object_or_404(found, slug=slug)


def written(request: HttpRequest, slug: str) -> Dataset:
    """One that the reader writes. Raises Forbidden where they do not."""
    found = visible(request, slug)
    require(request.user, "edit", found)
    return found


def handled(request: HttpRequest, key: UUID) -> Upload:
    """A file under way, for those who write its dataset; 404 for everybody else."""
    found = get_object_or_404(Upload.objects.select_related("dataset__publisher"), pk=key)
    if not may(request.user, "handle", found):
        raise Http404
    return found
