"""What search engines read in the page of a dataset: schema.org's Dataset as JSON-LD."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from civic.accounts.models import Area
from datasets.catalogue.descriptors import addresses
from datasets.catalogue.descriptors.addresses import whole
from datasets.catalogue.descriptors.places import box_of
from datasets.catalogue.models import Dataset, Distribution, Revision

# Within a script element no letter may end it or begin a comment.
ESCAPED = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def schema_org(dataset: Dataset, revision: Revision) -> SafeString:
    """JSON that may stand in a `<script type="application/ld+json">`, which is data and runs nowhere."""
    text = json.dumps(_said(dataset, revision), ensure_ascii=False).translate(ESCAPED)
    return mark_safe(text)  # noqa: S308 - every letter that means something in HTML is escaped above


def _said(dataset: Dataset, revision: Revision) -> dict[str, Any]:
    publisher = {
        "@type": "Organization",
        "@id": addresses.organisation_uri(dataset.publisher),
        "name": dataset.publisher.name,
        "url": addresses.contact_page(dataset),
    }
    said: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": addresses.dataset_uri(dataset),
        "url": whole(dataset.get_absolute_url()),
        "name": dataset.title,
        "description": dataset.description,
        "license": dataset.licence,
        "isAccessibleForFree": dataset.is_open,
        "publisher": publisher,
        "creator": {"@id": publisher["@id"]},
        "dateModified": revision.published_at.isoformat(),
        "version": str(revision.number),
        "distribution": [_download(file) for file in revision.distributions.all() if dataset.is_open],
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": addresses.catalogue_uri()},
    }
    if not dataset.is_open:
        said["conditionsOfAccess"] = dataset.get_access_level_display()
    if dataset.keywords:
        said["keywords"] = dataset.keywords
    if dataset.first_day or dataset.last_day:
        said["temporalCoverage"] = f"{dataset.first_day or '..'}/{dataset.last_day or '..'}"
    if dataset.area:
        said["spatialCoverage"] = _place(dataset.area)
    return said


def _download(file: Distribution) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "contentUrl": whole(file.get_absolute_url()),
        "encodingFormat": file.media_type.partition(";")[0],
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _place(area: Area) -> dict[str, Any]:
    place: dict[str, Any] = {"@type": "Place", "name": area.name}
    if box := box_of(area):
        corners = f"{box.south} {box.west} {box.north} {box.east}"
        place["geo"] = {"@type": "GeoShape", "box": corners}
    return place
