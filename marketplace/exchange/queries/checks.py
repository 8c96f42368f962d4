"""Whether a delivered revision is what a need has asked for: the checks that its acceptance runs."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from datasets.catalogue.models import Dataset, Revision
from marketplace.exchange import conditions
from marketplace.exchange.models import DataNeed, Delivery

# Types of Table Schema that a column of another type is as well: each whole number is a number.
ALSO = {"number": ["integer"], "datetime": ["date"]}


@dataclass(frozen=True)
class Check:
    """One thing that a need asks for, whether it is there, and why or why not, in words."""

    name: str
    passed: bool
    reason: str

    def kept(self) -> dict[str, Any]:
        """As a delivery keeps it."""
        return asdict(self)


def run_checks(need: DataNeed, delivery: Delivery, at: datetime) -> list[Check]:
    """Every check of the need, of this delivery as its dataset is described now; never empty."""
    revision = delivery.revision
    dataset = revision.dataset = Dataset.objects.select_related("area").get(pk=revision.dataset_id)
    checks = [_read(need, revision, at), *(_column(column, revision.schema) for column in need.columns)]
    if need.area_id:
        checks.append(_area(need, dataset))
    if need.first_day or need.last_day:
        checks.append(_days(need, dataset))
    if need.fresh_days is not None:
        checks.append(_fresh(need, delivery))
    return checks


def _read(need: DataNeed, revision: Revision, at: datetime) -> Check:
    why = conditions.why_not_accepted(need, revision, at)
    return Check(_("Can be read"), why is None, str(why or _("The project's team can read it.")))


def _column(wanted: dict[str, str], schema: dict[str, Any]) -> Check:
    name, kind = wanted["name"], wanted.get("type", "")
    types = {field["name"]: field["type"] for field in schema["fields"]}
    title = _("Column “%(name)s”") % {"name": name}
    if name not in types:
        return Check(title, False, _("There is no column of this name."))
    found = types[name]
    if kind and found != kind and found not in ALSO.get(kind, []):
        words = _("It is of the type %(found)s, and %(wanted)s was asked for.")
        return Check(title, False, words % {"found": found, "wanted": kind})
    return Check(title, True, _("It is there, of the type %(found)s.") % {"found": found})


def _area(need: DataNeed, dataset: Dataset) -> Check:
    title, area = _("Area"), dataset.area
    if area is None:
        return Check(title, False, _("The dataset does not say which area it covers."))
    # The whole city covers each of its districts.
    wanted = need.area
    covers = wanted is not None and area.pk in (wanted.pk, wanted.parent_id)
    words = _("It covers %(found)s; %(wanted)s was asked for.")
    return Check(title, covers, words % {"found": area, "wanted": wanted})


def _days(need: DataNeed, dataset: Dataset) -> Check:
    title = _("Days")
    if (need.first_day and not dataset.first_day) or (need.last_day and not dataset.last_day):
        return Check(title, False, _("The dataset does not say which days it covers."))
    early = not need.first_day or (dataset.first_day is not None and dataset.first_day <= need.first_day)
    late = not need.last_day or (dataset.last_day is not None and dataset.last_day >= need.last_day)
    words = _("It covers %(first)s to %(last)s; %(wanted_first)s to %(wanted_last)s was asked for.")
    said = {
        "first": _day(dataset.first_day),
        "last": _day(dataset.last_day),
        "wanted_first": _day(need.first_day),
        "wanted_last": _day(need.last_day),
    }
    return Check(title, early and late, words % said)


def _fresh(need: DataNeed, delivery: Delivery) -> Check:
    # As old as on the day of its delivery: that the team takes its time makes nothing older.
    old = (localdate(delivery.delivered_at) - localdate(delivery.revision.published_at)).days
    words = _("It was %(old)s days old when it was delivered; at most %(most)s were asked for.")
    said = {"old": old, "most": need.fresh_days}
    return Check(_("Freshness"), old <= (need.fresh_days or 0), words % said)


def _day(day: Any) -> str:
    return date_format(day, "j F Y") if day else _("any day")
