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
    theme, original = Theme(dataset.theme), dataset.original if dataset.is_harvested else None
    licence = Licence(dataset.licence) if dataset.licence else None
    found = [elsewhere(dataset, one, place) for place, one in enumerate(original.files)] if original else []
    found += [resource(one, place) for place, one in enumerate(files)]
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
        "isopen": licence is not None and dataset.is_open,
        "author": (original and original.publisher) or dataset.publisher.name,
        "maintainer": None,
        "license_id": LICENCES[licence] if licence else "notspecified",
        "license_title": str(licence.label) if licence else original and original.licence,
        "license_url": dataset.licence,
        "metadata_created": moment(dataset.created_at),
        "metadata_modified": moment(dataset.revised_at),
        "owner_org": str(dataset.publisher_id),
        "organization": organization(dataset.publisher),
        "groups": [group(theme)],
        "tags": [tag(word) for word in dataset.keywords],
        "num_tags": len(dataset.keywords),
        "extras": [{"key": key, "value": value} for key, value in _extras(dataset).items() if value],
        "resources": found,
        "num_resources": len(found),
    }


def _extras(dataset: Dataset) -> dict[str, str]:
    page = f"{settings.SITE_URL}{dataset.get_absolute_url()}"
    original = dataset.original if dataset.is_harvested else None
    return {
        # By which the same dataset is known where it comes by another way, too.
        "uri": (original and original.uri) or f"{page}#dataset",
        "identifier": dataset.identifier or page,
        "theme": f"{THEME}{dataset.theme}",
        "frequency": f"{FREQUENCY}{dataset.frequency}" if dataset.frequency else "",
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
        "size": one.public_size,
        "hash": f"sha256:{one.public_sha256}" if one.public_sha256 else "",
        "url": f"{settings.SITE_URL}{one.get_absolute_url()}",
        "url_type": "upload",
        "state": "active",
        "position": position,
        "created": moment(one.created_at),
        "last_modified": moment(revision.published_at),
        "datastore_active": revision.dataset.is_open,
        "revision": revision.number,
    }


def elsewhere(dataset: Dataset, file: dict[str, Any], position: int) -> dict[str, Any]:
    """A file of a harvested dataset: an address at its catalogue, of which no rows are here."""
    return {
        "id": f"{dataset.pk}-{position}",
        "package_id": str(dataset.pk),
        "name": file["title"],
        "format": file["format"],
        "mimetype": file["media_type"] or None,
        "size": file["size"],
        "url": file["address"],
        "url_type": "",
        "state": "active",
        "position": position,
        "datastore_active": False,
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
