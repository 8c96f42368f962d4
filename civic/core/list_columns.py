"""The columns of a list of the council's desk: as its pages show them, and as plain cells of a table to take away."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import (
    display_for_field,
    display_for_value,
    label_for_field,
    lookup_field,
    quote,
)
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import ForeignKey, QuerySet
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from civic.core.money import Money
from civic.core.paging import walk

MOMENT = re.compile(r'<time datetime="([^"]+)".*</time>', re.DOTALL)


@dataclass(frozen=True)
class Column:
    """One name of `list_display`: a field, or a method of the admin or the model."""

    model_admin: Any
    name: str

    @property
    def label(self) -> str:
        return capfirst(str(label_for_field(self.name, self.model_admin.model, self.model_admin)))

    def shown(self, row: Any) -> str:
        """The cell as the list shows it, without a link to the row."""
        field, attribute, value = self._found(row)
        if field is None or isinstance(field, ForeignKey):
            return display_for_value(value, "–", getattr(attribute, "boolean", False))
        return display_for_field(value, field, "–", avoid_link=True)

    def plain(self, row: Any) -> Any:
        """The cell for a table: text without tags, moments with their offset, a link to a page as its address."""
        if self.name == "page":
            address = self.model_admin.page_address(row) if getattr(row, "on_site", True) else ""
            return address and f"{settings.SITE_URL}{address}"
        field, _attribute, value = self._found(row)
        if getattr(field, "flatchoices", None):
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, datetime):
            return localtime(value)
        if isinstance(value, SafeString):
            return _text(value)
        if isinstance(value, dict | list):
            return json.dumps(value, ensure_ascii=False, default=str)
        return str(value) if isinstance(value, Promise) else value

    @cached_property
    def is_sum(self) -> bool:
        """Whether its cells are amounts: as the method or property says, so that a list has one shape every month."""
        found = getattr(self.model_admin, self.name, getattr(self.model_admin.model, self.name, None))
        return "Money" in str(getattr(getattr(found, "fget", found), "__annotations__", {}).get("return"))

    def parts(self, row: Any) -> list[Any]:
        """The cell, or of an amount its two."""
        value = self.plain(row)
        if not self.is_sum:
            return [value]
        return [value.major, value.currency] if isinstance(value, Money) else [value, ""]

    def _found(self, row: Any) -> tuple[Any, Any, Any]:
        """As Django's own list finds it; a row that is not there (a reverse one-to-one) is an empty cell."""
        try:
            return lookup_field(self.name, row, self.model_admin)
        except ObjectDoesNotExist:
            return None, None, None


def _text(markup: SafeString) -> str:
    """What a person reads of it; of a moment that is shown as “3 days ago”, the moment."""
    moment = MOMENT.fullmatch(markup)
    if moment:
        return moment.group(1)
    # A blank before each tag keeps the words of neighbouring blocks apart.
    return " ".join(html.unescape(strip_tags(markup.replace("<", " <"))).split())


def columns(model_admin: Any, names: Any) -> list[Column]:
    """The columns with these names, without the box to tick."""
    return [Column(model_admin, name) for name in names if name != "action_checkbox"]


def link(model_admin: Any, key: Any, label: str) -> SafeString:
    """A link to a row's own page at the desk."""
    opts = model_admin.opts
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[quote(key)])
    return format_html('<a href="{}">{}</a>', address, label)


def table(columns: list[Column], rows: QuerySet[Any], by: str) -> Iterator[Iterable[Any]]:
    """A header and a line for each row, in the order of `by`.

    A column of amounts becomes two, the number in major units and its currency: a spreadsheet cannot sum “€12.50”.
    """
    currency = _("%(amount)s (currency)")
    names = [[one.label, currency % {"amount": one.label}] if one.is_sum else [one.label] for one in columns]
    yield list(chain.from_iterable(names))
    for row in walk(rows, by):
        yield list(chain.from_iterable(column.parts(row) for column in columns))
