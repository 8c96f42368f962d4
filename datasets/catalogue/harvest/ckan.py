"""Packages of CKAN's `package_search`."""

import json
from typing import Any

from django.utils.translation import gettext as _

from datasets.catalogue.harvest import records
from datasets.catalogue.harvest.records import File, Record, Unreadable, address, text
from datasets.catalogue.vocabularies import Frequency, Theme


def page_of(content: bytes) -> tuple[int, list[Any]]:
    """How many packages there are in all, and those of this page. Raises Unreadable."""
    answer = parsed(content)
    result = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(result, dict) or answer.get("success") is not True:
        raise Unreadable(_("The answer is none of CKAN's package_search."))
    count, found = result.get("count"), result.get("results")
    if not isinstance(count, int) or isinstance(count, bool) or count < 0 or not isinstance(found, list):
        raise Unreadable(_("The answer is none of CKAN's package_search."))
    return count, found


def parsed(content: bytes) -> Any:
    """JSON. Raises Unreadable, also for what is nested deeper than Python reads."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise Unreadable(_("The answer is no JSON.")) from None


def record_of(package: Any, site: str) -> Record:
    """A package as a record. `site` is the address of the catalogue."""
    if not isinstance(package, dict):
        return Record("", fault=_("It is no package."))
    identifier = text(package.get("id"), records.LONGEST_ADDRESS)
    if not identifier:
        return Record("", text(package.get("title"), records.LONGEST_TITLE), fault=_("It has no id."))
    extras = _extras(package)
    licence = records.licence_of(package.get("license_url")) or records.licence_of(package.get("license_id"))
    name = text(package.get("name"), 200)
    groups = [one.get("name") for one in _dicts(package.get("groups"))]
    themes = [records.code_of(one, Theme) for one in [*_listed(extras.get("theme")), *groups]]
    organisation = package.get("organization")
    publisher = organisation.get("title") if isinstance(organisation, dict) else package.get("author")
    return records.checked(
        Record(
            identifier=identifier,
            title=text(package.get("title") or name, records.LONGEST_TITLE),
            description=records.cut(records.plain(package.get("notes")), records.LONGEST_DESCRIPTION),
            uri=address(extras.get("uri")) or address(extras.get("identifier")),
            page=address(f"{site}/dataset/{name}") if not extras.get("uri") else address(package.get("url")),
            publisher=text(extras.get("publisher_name") or publisher, records.LONGEST_WORDS),
            licence=licence,
            licence_words=text(
                package.get("license_title") or package.get("license_id"), records.LONGEST_WORDS
            ),
            theme=next(filter(None, themes), ""),
            frequency=records.code_of(extras.get("frequency"), Frequency),
            high_value_category=records.category(_listed(extras.get("hvd_category")), licence),
            keywords=records.keywords(one.get("name") for one in _dicts(package.get("tags"))),
            first_day=records.day(extras.get("temporal_start")),
            last_day=records.day(extras.get("temporal_end")),
            modified=records.moment(extras.get("modified") or package.get("metadata_modified")),
            files=[file for one in _dicts(package.get("resources")) if (file := _file(one))][
                : records.MOST_FILES
            ],
        )
    )


def _file(resource: dict[str, Any]) -> File | None:
    where = address(resource.get("url"))
    if not where:
        return None
    return File(
        where,
        title=text(resource.get("name"), 200),
        format=text(resource.get("format"), 40),
        media_type=text(resource.get("mimetype"), 100),
        size=records.size(resource.get("size")),
    )


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _extras(package: dict[str, Any]) -> dict[str, Any]:
    """Pairs of key and value; some catalogues have them as columns of the package, as ckanext-scheming does."""
    known = ("uri", "identifier", "theme", "frequency", "modified", "temporal_start", "temporal_end")
    extras = {name: package[name] for name in known if name in package}
    return extras | {str(one.get("key")): one.get("value") for one in _dicts(package.get("extras"))}


def _listed(value: Any) -> list[Any]:
    """A list, also where it is written as JSON in a text, as CKAN's extras have it."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    return value if isinstance(value, list) else [value]
