"""The actions: what is asked of each, and what it answers. The first line of each is what `help_show` says."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import getdoc
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from civic.accounts.letters import letterhead
from civic.accounts.models import Organisation
from civic.core.errors import NotFound
from datasets.catalogue.ckan import asked as parameters
from datasets.catalogue.ckan.packages import group, licence, organization, packages, resource, tag
from datasets.catalogue.ckan.searching import search
from datasets.catalogue.ckan.tables import file_named, search_rows
from datasets.catalogue.models import Dataset
from datasets.catalogue.queries import public_dataset
from datasets.catalogue.vocabularies import Licence, Theme

Asked = dict[str, Any]
Answer = tuple[Any, list[str]]


@dataclass(frozen=True)
class Action:
    """An action of the API by its name."""

    asks: type[parameters.Asked]
    answer: Callable[[Asked], Any]

    @property
    def help(self) -> str:
        """What it does, and its parameters."""
        told = [f"{name}: {field.help_text}" for name, field in self.asks().fields.items()]
        return "\n".join([getdoc(self.answer) or "", "", *told]).strip()


def address(name: str) -> str:
    """Where an action is."""
    return settings.SITE_URL + reverse("catalogue:ckan-3", args=[name])


def site_read(asked: Asked) -> bool:
    """Whether everybody may read here: yes."""
    return True


def status_show(asked: Asked) -> dict[str, Any]:
    """Which site this is, and the version of CKAN whose words it speaks."""
    return {
        "ckan_version": "2.11",
        "site_url": settings.SITE_URL,
        "site_title": letterhead()["site_name"],
        "site_description": "",
        "locale_default": settings.LANGUAGE_CODE,
        "extensions": ["datastore"],
    }


def help_show(asked: Asked) -> str:
    """What an action does, and its parameters."""
    if asked["name"] not in ACTIONS:
        raise NotFound(_("There is no such action."))
    return ACTIONS[asked["name"]].help


def package_list(asked: Asked) -> list[str]:
    """The names of all published datasets."""
    names = Dataset.objects.listed().order_by("slug").values_list("slug", flat=True)
    return list(_part(names, asked))


def package_show(asked: Asked) -> dict[str, Any]:
    """A dataset with the files of its latest revision."""
    return packages([public_dataset(**_named(asked["id"]))])[0]


def resource_show(asked: Asked) -> dict[str, Any]:
    """A file, of whichever revision."""
    return resource(file_named(asked["id"]))


def organization_list(asked: Asked) -> list[Any]:
    """Who has published datasets."""
    found = list(_part(_publishers().order_by("slug"), asked))
    if not asked["all_fields"]:
        return [one.slug for one in found]
    return [organization(one, package_count=one.package_count) for one in found]


def organization_show(asked: Asked) -> dict[str, Any]:
    """A publisher; its datasets are found by `package_search` with `fq=organization:NAME`."""
    found = _publishers().filter(**_named(asked["id"])).first()
    if found is None:
        raise NotFound(_("There is no such organisation."))
    return organization(found, package_count=found.package_count)  # type: ignore[attr-defined]


def group_list(asked: Asked) -> list[Any]:
    """The themes of the EU's authority table of which there are datasets."""
    themes = Dataset.objects.listed().order_by("theme").values_list("theme").annotate(count=Count("pk"))
    found = [(Theme(theme), count) for theme, count in _part(themes, asked)]
    if not asked["all_fields"]:
        return [theme.lower() for theme, _count in found]
    return [group(theme, package_count=count) for theme, count in found]


def tag_list(asked: Asked) -> list[Any]:
    """The keywords of published datasets."""
    lists = Dataset.objects.listed().order_by().values_list("keywords", flat=True)
    wanted = asked["query"].lower()
    words = sorted({word for keywords in lists for word in keywords if wanted in word.lower()})
    found = words[asked["offset"] : asked["offset"] + asked["limit"]]
    return [tag(word) for word in found] if asked["all_fields"] else found


def license_list(asked: Asked) -> list[dict[str, Any]]:
    """The licences under which data is published here."""
    return [licence(one) for one in Licence]


def package_search(asked: Asked) -> Answer:
    """Published datasets that fit, a page at a time, with facets."""
    return search(asked)


def datastore_search(asked: Asked) -> Answer:
    """Rows of a file, a page at a time. `_id` is the row's number in the file, from 1."""
    return search_rows(asked, address("datastore_search"))


def _part(rows: QuerySet[Any, Any], asked: Asked) -> QuerySet[Any, Any]:
    return rows[asked["offset"] : asked["offset"] + asked["limit"]]


def _named(key: str) -> dict[str, Any]:
    """What an id or a name asks for."""
    try:
        return {"pk": UUID(key)}
    except ValueError:
        return {"slug": key}


def _publishers() -> QuerySet[Organisation]:
    return Organisation.objects.filter(datasets__state="published").annotate(package_count=Count("datasets"))


ACTIONS = {
    "site_read": Action(parameters.Asked, site_read),
    "status_show": Action(parameters.Asked, status_show),
    "help_show": Action(parameters.AskedName, help_show),
    "package_list": Action(parameters.AskedPackages, package_list),
    "package_show": Action(parameters.AskedId, package_show),
    "package_search": Action(parameters.AskedSearch, package_search),
    "resource_show": Action(parameters.AskedId, resource_show),
    "organization_list": Action(parameters.AskedNames, organization_list),
    "organization_show": Action(parameters.AskedId, organization_show),
    "group_list": Action(parameters.AskedNames, group_list),
    "tag_list": Action(parameters.AskedNames, tag_list),
    "license_list": Action(parameters.Asked, license_list),
    "datastore_search": Action(parameters.AskedRows, datastore_search),
}
