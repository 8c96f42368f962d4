"""Reads as the component `table` takes them."""

from typing import Any

from django.template.defaultfilters import date, filesizeformat
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from datasets.access.labels import BASES, FORMS
from datasets.access.queries import Read, Reads
from datasets.access.vocabularies import Purpose

PURPOSES = {one.value: one.label for one in Purpose}


def table(reads: Reads, *, of_one: bool) -> dict[str, Any]:
    """When, who (of one dataset) or which dataset (of one person), what, why, how much."""
    heads = [_("When"), _("Who") if of_one else _("Dataset"), _("What"), _("Why"), _("How much")]
    columns = [{"title": head, "number": head == heads[-1]} for head in heads]
    return {"columns": columns, "rows": [_row(one, of_one=of_one) for one in reads.items]}


def around(reads: Reads, after: str) -> dict[str, str]:
    """The addresses of the next page and of the first one."""
    return {"next_href": f"?after={reads.next}" if reads.next else "", "first_href": "?" if after else ""}


def _row(read: Read, *, of_one: bool) -> list[Any]:
    said = read.payload
    thing = {"text": read.dataset.title, "href": read.dataset.get_absolute_url()} if read.dataset else "–"
    what = f"{FORMS.get(said['form'], said['form'])}, {_('revision')} {said['revision']}"
    why = PURPOSES.get(said["purpose"]) or BASES.get(said["basis"], "–")
    much = filesizeformat(said["bytes"]) if said["bytes"] else _("%(rows)s rows") % {"rows": said["rows"]}
    when = date(localtime(read.event.at), "j M Y, H:i")
    who = read.who or _("Former member")
    if said["form"] == "embed":
        who = _("anybody, by an embed of %(name)s") % {"name": who}
    return [when, who if of_one else thing, what, why, much]
