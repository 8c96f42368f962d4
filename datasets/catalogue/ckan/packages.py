"""Datasets, their files and publishers in the words of CKAN."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from civic.accounts.models import Organisation
from datasets.catalogue.descriptors.terms import ACCESS_RIGHTS
from datasets.catalogue.models import Dataset, Distribution
from datasets.catalogue.queries import latest_files
from datasets.catalogue.vocabularies import AccessLevel, Licence, Theme

# CKAN's own names of these licences, where it has them.
LICENCES = {
    Licence.CC0: "cc-zero",
    Licence.CC_BY: "cc-by",
    Licence.CC_BY_SA: "cc-by-sa",
    Licence.ODBL: "odc-odbl",
}
THEME = "http://publications.europa.eu/resource/authority/data-theme/"
ACCESS_RIGHT = "http://publications.europa.eu/resource/authority/access-right/"
FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/"


def packages(datasets: Iterable[Dataset]) -> list[dict[str, Any]]:
    """Datasets with their latest files, in one statement more."""
    found = list(datasets)
    files = latest_files(found)
    return [_package(one, files.get(one.pk, [])) for one in found]


def _package(dataset: Dataset, files: list[Distribution]) -> dict[str, Any]:
    theme = Theme(dataset.theme)
    return {
        "id": str(dataset.pk),
        "name": dataset.slug,
        "title": dataset.title,
        "notes": dataset.description,
        "url": f"{settings.SITE_URL}{dataset.get_absolute_url()}",
        "version": str(dataset.latest),
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": dataset.is_open,
        "author": dataset.publisher.name,
        "maintainer": None,
        "license_id": LICENCES[Licence(dataset.licence)],
        "license_title": str(Licence(dataset.licence).label),
        "license_url": dataset.licence,
        "metadata_created": moment(dataset.created_at),
        "metadata_modified": moment(dataset.revised_at),
        "owner_org": str(dataset.publisher_id),
        "organization": organization(dataset.publisher),
        "groups": [group(theme)],
        "tags": [tag(word) for word in dataset.keywords],
        "num_tags": len(dataset.keywords),
        "extras": [{"key": key, "value": value} for key, value in _extras(dataset).items() if value],
        "resources": [resource(one, place) for place, one in enumerate(files)],
        "num_resources": len(files),
    }


def _extras(dataset: Dataset) -> dict[str, str]:
    return {
        "theme": f"{THEME}{dataset.theme}",
        "frequency": f"{FREQUENCY}{dataset.frequency}",
        "access_rights": f"{ACCESS_RIGHT}{ACCESS_RIGHTS[AccessLevel(dataset.access_level)]}",
        "spatial_text": dataset.area.name if dataset.area else "",
        "temporal_start": str(dataset.first_day or ""),
        "temporal_end": str(dataset.last_day or ""),
    }


def resource(one: Distribution, position: int = 0) -> dict[str, Any]:
    """A file; its rows are behind `datastore_search`, whatever its format."""
    revision = one.revision
    return {
        "id": str(one.pk),
        "package_id": str(revision.dataset_id),
        "name": f"{revision.dataset.title}, revision {revision.number}",
        "description": revision.note,
        "format": one.get_format_display(),
        "mimetype": one.media_type.partition(";")[0],
        "size": one.size,
        "hash": f"sha256:{one.sha256}",
        "url": f"{settings.SITE_URL}{one.get_absolute_url()}",
        "url_type": "upload",
        "state": "active",
        "position": position,
        "created": moment(one.created_at),
        "last_modified": moment(revision.published_at),
        "datastore_active": revision.dataset.is_open,
        "revision": revision.number,
    }


def organization(one: Organisation, **more: Any) -> dict[str, Any]:
    """A publisher."""
    return {
        "id": str(one.pk),
        "name": one.slug,
        "title": one.name,
        "display_name": one.name,
        "description": one.about,
        "type": "organization",
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
        "image_url": "",
        "created": moment(one.created_at),
        **more,
    }


def group(theme: Theme, **more: Any) -> dict[str, Any]:
    """A theme: CKAN has groups for it."""
    title = str(theme.label)
    return {
        "id": f"{THEME}{theme}",
        "name": theme.lower(),
        "title": title,
        "display_name": title,
        "description": "",
        "image_display_url": "",
        **more,
    }


def tag(word: str) -> dict[str, Any]:
    """A keyword."""
    return {"id": word, "name": word, "display_name": word, "state": "active", "vocabulary_id": None}


def licence(one: Licence) -> dict[str, Any]:
    """A licence of the list."""
    return {
        "id": LICENCES[one],
        "title": str(one.label),
        "url": one.value,
        "status": "active",
        "domain_data": True,
        "domain_content": True,
        "domain_software": False,
        "is_generic": False,
        "od_conformance": "approved",
        "is_okd_compliant": True,
    }


def moment(at: datetime | None) -> str | None:
    """As CKAN writes it: UTC without saying so."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() if at else None
