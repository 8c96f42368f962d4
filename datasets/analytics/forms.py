"""The form in which a query is put together, and those of saved queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.core import ids
from civic.core.forms import RefusalsMixin, field, present
from datasets.analytics.embeds import MOST_DAYS
from datasets.analytics.engine import parsing
from datasets.analytics.engine.language import VALUELESS, By, Condition, Is, Query, Take
from datasets.analytics.models import Chart
from datasets.analytics.operations import Kept

FILTERS, GROUPS, MEASURES = 3, 2, 2
USUAL = 100
GREATEST_FIRST, LEAST_FIRST = "greatest", "least"


@dataclass(frozen=True)
class Beside:
    """The dataset that is put beside the first one: its slug, and its columns."""

    slug: str
    columns: Sequence[str]


class BuilderForm(forms.Form):
    """A plain GET form: filters that all hold, groups, measures. What it cannot show is asked as JSON (`q`).

    `others` are slugs and titles of what may be put beside the table; of the chosen one (`beside`) columns can be used.
    `people` is the column that says how many people a row is, where it is any.
    """

    limit = forms.IntegerField(
        label=_("Rows at most"), required=False, min_value=1, max_value=parsing.MOST_ROWS
    )
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("", _("By its groups, or as in the file")),
            (GREATEST_FIRST, _("Greatest figure first")),
            (LEAST_FIRST, _("Least figure first")),
        ],
    )
    chart = forms.ChoiceField(label=_("Chart"), required=False, choices=Chart.choices)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def __init__(
        self,
        *args: Any,
        columns: Sequence[str],
        others: Sequence[tuple[str, str]] = (),
        beside: Beside | None = None,
        people: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        added = [f"{beside.slug}.{one}" for one in beside.columns] if beside else []
        names = [("", "–"), *((one, one) for one in [*columns, *added])]
        for place in range(FILTERS):
            self._choose(f"filter{place}_column", _("Only rows where"), names)
            self._choose(f"filter{place}_is", _("compared"), Is.choices)
            self.fields[f"filter{place}_value"] = forms.CharField(
                label=_("Value"), required=False, max_length=parsing.LONGEST_TEXT, strip=False
            )
        for place in range(GROUPS):
            self._choose(f"group{place}_column", _("For each"), names)
            self._choose(f"group{place}_by", _("by"), By.choices)
            self.fields[f"group{place}_width"] = forms.CharField(
                label=_("Width of steps"), required=False, max_length=20
            )
        for place in range(MEASURES):
            self._choose(f"measure{place}_take", _("Show the"), [("", "–"), *Take.choices])
            self._choose(f"measure{place}_column", _("of"), names)
        if beside and beside.slug not in dict(others):
            others = [*others, (beside.slug, beside.slug)]
        self._choose("join_dataset", _("Another dataset"), [("", "–"), *others])
        self._choose("join_column", _("Where this column"), [("", "–"), *((one, one) for one in columns)])
        theirs = [(one, one) for one in beside.columns] if beside else []
        self._choose("join_equals", _("is the same as its"), [("", "–"), *theirs])
        self.order_fields([*(one for one in self.fields if one not in FIRST), *FIRST])
        field(self, "limit", forms.IntegerField).widget.attrs["placeholder"] = str(USUAL)
        for name in self.fields:
            present(self, name, expected=True)

    def _choose(self, name: str, label: Any, choices: Sequence[Any]) -> None:
        self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices)

    def rows_of(self, what: str) -> list[list[forms.BoundField]]:
        """The fields of `filter`, `group` or `measure`, row by row."""
        found: dict[str, list[forms.BoundField]] = {}
        for name in self.fields:
            row, underscore, _rest = name.partition("_")
            if underscore and row.startswith(what):
                found.setdefault(row, []).append(self[name])
        return list(found.values())

    @property
    def filters(self) -> list[list[forms.BoundField]]:
        return self.rows_of("filter")

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        return self.rows_of("group")

    @property
    def measures(self) -> list[list[forms.BoundField]]:
        return self.rows_of("measure")

    @property
    def joins(self) -> list[forms.BoundField]:
        return self.rows_of("join")[0]

    def clean(self) -> dict[str, Any]:
        """Another dataset comes with the columns that are the same."""
        said = super().clean() or self.cleaned_data
        if said.get("join_dataset"):
            for name in ("join_column", "join_equals"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("Choose the columns that have the same values in both datasets."))
        return said

    def query(self) -> Query:
        """What was chosen. Raises Invalid."""
        said = self.cleaned_data
        groups = [self._group(place) for place in range(GROUPS) if said[f"group{place}_column"]]
        measures = [self._measure(place) for place in range(MEASURES) if said[f"measure{place}_take"]]
        conditions = [self._condition(place) for place in range(FILTERS) if said[f"filter{place}_column"]]
        if groups and not measures:
            # A row of what people share is several people: their number is the figure, not that of the rows.
            rows = {"take": Take.COUNT.value}
            measures = [{"take": Take.SUM.value, "column": self.people} if self.people else rows]
        document: dict[str, Any] = {"group": groups, "measures": measures, "limit": said["limit"] or USUAL}
        if said["join_dataset"]:
            pair = {"column": said["join_column"], "equals": said["join_equals"]}
            document["join"] = {"dataset": said["join_dataset"], "on": [pair]}
        if conditions:
            document["filter"] = {"all": conditions}
        if said["order"] and measures:
            first = parsing.read({"measures": measures}).measures[0].name
            document["sort"] = [{"by": first, "descending": said["order"] == GREATEST_FIRST}]
        return parsing.read(document)

    def _group(self, place: int) -> dict[str, Any]:
        said = {name: self.cleaned_data[f"group{place}_{name}"] for name in ("column", "by", "width")}
        # A width that is left over from another choice means nothing.
        width = {"width": said["width"].replace(",", ".").strip()} if said["by"] == By.WIDTH else {}
        return {"column": said["column"], "by": said["by"] or By.VALUE.value, **width}

    def _measure(self, place: int) -> dict[str, Any]:
        take, column = (self.cleaned_data[f"measure{place}_{name}"] for name in ("take", "column"))
        return {"take": take} if take == Take.COUNT else {"take": take, "column": column}

    def _condition(self, place: int) -> dict[str, Any]:
        column, how, value = (
            self.cleaned_data[f"filter{place}_{name}"] for name in ("column", "is", "value")
        )
        said = {"column": column, "is": how or Is.EQUAL.value}
        if how == Is.ONE_OF:
            return {**said, "value": [one.strip() for one in value.split(";")]}
        return said if how in VALUELESS else {**said, "value": value}


FIRST = ("order", "limit", "chart", "revision")


def fields_of(query: Query) -> dict[str, Any] | None:
    """The query in fields of the form; None where the form has not enough of them."""
    parts = query.filter.parts if query.filter else ()
    simple = all(isinstance(one, Condition) for one in parts) and (query.filter is None or query.filter.every)
    few = len(parts) <= FILTERS and len(query.group) <= GROUPS and len(query.measures) <= MEASURES
    named = [one.name for one in query.measures[:1]]
    sorted_so = len(query.sort) <= 1 and all(one.by in named for one in query.sort)
    # Sent again, the form puts the newest revision beside the table.
    joined_so = query.join is None or len(query.join.on) == 1
    if query.columns or not (simple and few and sorted_so and joined_so):
        return None
    found: dict[str, Any] = {"limit": query.limit}
    if query.join:
        ((column, other),) = query.join.on
        found |= {"join_dataset": query.join.dataset, "join_column": column, "join_equals": other}
    if query.sort:
        found["order"] = GREATEST_FIRST if query.sort[0].descending else LEAST_FIRST
    for place, part in enumerate(parts):
        assert isinstance(part, Condition)
        found |= {f"filter{place}_column": part.column, f"filter{place}_is": part.how.value}
        found[f"filter{place}_value"] = "; ".join(part.values)
    for place, group in enumerate(query.group):
        found |= {f"group{place}_column": group.column, f"group{place}_by": group.by.value}
        found[f"group{place}_width"] = "" if group.width is None else f"{group.width:f}"
    for place, measure in enumerate(query.measures):
        found |= {f"measure{place}_take": measure.take.value, f"measure{place}_column": measure.column}
    return found


class SaveForm(RefusalsMixin, forms.Form):
    """A name for a query. The key makes a double click one saved query."""

    name = forms.CharField(label=_("Name"), max_length=120)
    pinned = forms.BooleanField(
        label=_("Always of this revision"),
        help_text=_("Otherwise it asks the newest revision whenever it is opened."),
        required=False,
    )
    shown = forms.BooleanField(label=_("Show it on the page of the dataset"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=ids.new_id)
    q = forms.CharField(widget=forms.HiddenInput, max_length=4 * parsing.LONGEST)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    chart = forms.ChoiceField(widget=forms.HiddenInput, choices=Chart.choices)

    def __init__(self, *args: Any, publishes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not publishes:
            del self.fields["shown"]

    def said(self) -> Kept:
        """What is said of the query."""
        said = self.cleaned_data
        revision = said["revision"] if said["pinned"] else None
        return Kept(said["name"], revision, said["chart"], said.get("shown", False))


class EmbedForm(forms.Form):
    """How long an embed of data that is not open works."""

    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=MOST_DAYS, initial=30)
