"""What publishers fill in: a description, a file, answers to the first look, and that a revision is to be published."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Area, Organisation
from civic.core.forms import DayField, RefusalsMixin, TextAreaField, field, present
from civic.core.ids import new_id
from datasets.catalogue.first_look import is_about
from datasets.catalogue.labels import DELIMITER_WORDS, ENCODINGS, KIND_WORDS
from datasets.catalogue.models import Dataset, Upload
from datasets.catalogue.operations.datasets import LONGEST, LONGEST_REASON, Description
from datasets.catalogue.operations.publishing import LONGEST_NOTE, Seen
from datasets.catalogue.operations.uploads import Answers
from datasets.catalogue.queries import Facets, Filters
from datasets.catalogue.reading.columns import BY_NAME
from datasets.catalogue.reading.layout import DELIMITERS
from datasets.catalogue.vocabularies import AccessLevel, Format, Frequency, HighValue, Licence, Theme


class FilterForm(forms.Form):
    """What the list is narrowed by; a value that is none of the choices counts as none."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200, strip=True)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    format = forms.ChoiceField(label=_("Format"), required=False)
    licence = forms.ChoiceField(label=_("Licence"), required=False)
    publisher = forms.ChoiceField(label=_("Publisher"), required=False)

    def __init__(self, *args: Any, facets: Facets, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "placeholder": _("Trees, traffic, energy …")}
        )
        self._choose("theme", _("All themes"), _counted(Theme.choices, facets.themes))
        self._choose("format", _("Any format"), Format.choices)
        self._choose("licence", _("Any licence"), _counted(Licence.choices, facets.licences))
        names = sorted((name, slug, count) for (slug, name), count in facets.publishers.items())
        self._choose(
            "publisher", _("Everybody"), [(slug, f"{name} ({count})") for name, slug, count in names]
        )

    def _choose(self, name: str, nothing: Any, choices: Iterable[Any]) -> None:
        field(self, name, forms.ChoiceField).choices = [("", nothing), *choices]

    def filters(self) -> Filters:
        """What was asked for, as far as it makes sense."""
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})

    def chips(self) -> list[dict[str, str]]:
        """What is chosen, each with the address that takes it back."""
        return [
            {"text": self._words(name, value), "href": self.address(**{name: ""})}
            for name, value in self._asked().items()
        ]

    def address(self, **changes: str) -> str:
        """The address of this list with some values changed (empty: taken away)."""
        asked = self._asked() | changes
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    def _asked(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.cleaned_data.items() if value}

    def _words(self, name: str, value: str) -> str:
        if name == "q":
            return f"“{value}”"
        return str(dict(field(self, name, forms.ChoiceField).choices).get(value, value))  # type: ignore[arg-type]


def _counted(choices: Iterable[tuple[str, Any]], counts: Any) -> list[tuple[str, str]]:
    """Choices of which there are any, with how many."""
    return [(value, f"{label} ({counts[value]})") for value, label in choices if counts[value]]


class DescriptionForm(RefusalsMixin, forms.Form):
    """What a dataset says about itself. The key makes a double click one dataset."""

    publisher = forms.ModelChoiceField(Organisation.objects.none(), label=_("Publisher"), empty_label=None)
    title = forms.CharField(label=_("Title"), max_length=120)
    description = TextAreaField(
        label=_("Description"),
        rows=6,
        max_length=LONGEST,
        help_text=_("What is in it, where it comes from, and what is left out."),
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme)
    licence = forms.ChoiceField(
        label=_("Licence"), choices=Licence, help_text=_("What others may do with the data.")
    )
    access_level = forms.ChoiceField(
        label=_("Who may read it"),
        choices=AccessLevel,
        initial=AccessLevel.OPEN,
        help_text=_("Everybody reads this description. Rows and files only go to whom you choose here."),
    )
    frequency = forms.ChoiceField(label=_("How often it changes"), choices=Frequency)
    keywords = forms.CharField(
        label=_("Keywords"), required=False, max_length=500, help_text=_("Separated by commas, at most 12.")
    )
    area = forms.ModelChoiceField(
        Area.objects.all(), label=_("Area"), required=False, empty_label=_("no particular one")
    )
    high_value_category = forms.ChoiceField(
        label=_("High-value category"),
        choices=[("", _("none")), *HighValue.choices],
        required=False,
        help_text=_("Of Regulation (EU) 2023/138, where it names such data. It wants CC0 or CC BY."),
    )
    first_day = DayField(label=_("First day that it covers"), required=False)
    last_day = DayField(label=_("Last day that it covers"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def __init__(self, *args: Any, publishers: QuerySet[Organisation] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if publishers is None:
            del self.fields["publisher"], self.fields["key"]
        else:
            field(self, "publisher", forms.ModelChoiceField).queryset = publishers

    @classmethod
    def of(cls, dataset: Dataset, data: Any) -> "DescriptionForm":
        """The form with what the dataset says now."""
        names = [one.name for one in fields(Description) if one.name != "keywords"]
        initial = {name: getattr(dataset, name) for name in names}
        return cls(data, initial=initial | {"keywords": ", ".join(dataset.keywords)}, publishers=None)

    def said(self) -> Description:
        """What was filled in, as the operation takes it."""
        values = {
            name: value for name, value in self.cleaned_data.items() if name not in ("publisher", "key")
        }
        return Description(**values | {"keywords": values["keywords"].split(",")})


class UploadForm(RefusalsMixin, forms.Form):
    """A file. The key makes a double click one upload."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, TSV, XLSX, JSON lines, GeoJSON or Parquet, at most 2 GB; without JavaScript at most 100 MB."
        ),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson,.geojson,.parquet"}
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


class AnswersForm(RefusalsMixin, forms.Form):
    """What the publisher says to what was read last: encoding, delimiter, and the type of each column.

    A type is sent on where it was changed, asked about or said before.
    """

    encoding = forms.ChoiceField(label=_("Encoding"), required=False)
    delimiter = forms.ChoiceField(label=_("Delimiter"), required=False)

    def __init__(self, upload: Upload, data: Any = None) -> None:
        super().__init__(data)
        self.proposal = upload.proposal or {}
        self.asked = [str(one) for one in self.proposal.get("ask", ())]
        self.before = upload.answers
        self.said = upload.answers.get("types", {})
        self._choose_layout()
        for place, name in enumerate(self.proposal.get("header", ())):
            self._choose_type(place, name)
        for name in self.fields:
            present(self, name, expected=True)
        if self.asked:
            self.fields["sure"] = forms.BooleanField(
                label=_("I have looked at the questions above, and each column has the right type.")
            )

    def _choose_layout(self) -> None:
        if self.proposal.get("format") != "csv":
            del self.fields["encoding"], self.fields["delimiter"]
            return
        encoding, delimiter = self.proposal["encoding"], self.proposal["delimiter"]
        names = dict.fromkeys([encoding, *ENCODINGS])
        field(self, "encoding", forms.ChoiceField).choices = [(name, name) for name in names]
        words = [(mark, DELIMITER_WORDS[mark]) for mark in DELIMITERS]
        others = [] if delimiter in DELIMITERS else [(delimiter, delimiter or _("none: one column"))]
        field(self, "delimiter", forms.ChoiceField).choices = [*others, *words]
        self.initial["encoding"], self.initial["delimiter"] = encoding, delimiter

    def _choose_type(self, place: int, name: str) -> None:
        proposed = self._proposed(name)
        pair = proposed.removeprefix("boolean:").split("/") if proposed.startswith("boolean:") else []
        if (proposed not in BY_NAME and not pair) or self.proposal["format"] == "parquet":
            return  # it has a type of its own, which is taken as it is
        choices = [(kind, str(KIND_WORDS[kind])) for kind in BY_NAME]
        if words := pair or self.proposal.get("yes_no", {}).get(name):
            one, other = words
            label = str(_("true or false (%(yes)s is true)"))
            choices += [(f"boolean:{a}/{b}", label % {"yes": a}) for a, b in ((one, other), (other, one))]
        self.fields[self.field_of(place)] = forms.ChoiceField(
            label=name, choices=choices, required=False, initial=proposed
        )
        self.fields[self.field_of(place)].help_text = ", ".join(self._values(place)[:3])[:120]

    def _proposed(self, name: str) -> str:
        kind, form = self.proposal["types"].get(name, "string"), self.proposal["formats"].get(name, "")
        return f"{kind}:{form}" if form else kind

    def _values(self, place: int) -> list[str]:
        """Different values of the first rows."""
        cells = (row[place] for row in self.proposal.get("preview", ()) if place < len(row))
        return list(dict.fromkeys(cell for cell in cells if cell))

    @staticmethod
    def field_of(place: int) -> str:
        """The name of a column's field: columns may be called anything."""
        return f"type-{place}"

    def columns(self) -> list[forms.BoundField]:
        """The fields of the columns."""
        return [self[name] for name in self.fields if name.startswith("type-")]

    def layout(self) -> list[forms.BoundField]:
        """The fields above the columns."""
        return [self[name] for name in ("encoding", "delimiter") if name in self.fields]

    def answers(self) -> Answers:
        """As the operation takes it. Raises KeyError for a form that is not valid."""
        data = self.cleaned_data
        types = {}
        for place, name in enumerate(self.proposal.get("header", ())):
            chosen = data.get(self.field_of(place), "")
            if chosen and (chosen != self._proposed(name) or self._was_asked(name) or name in self.said):
                types[name] = chosen
        return Answers(types=types, **{name: self._layout(name) for name in ("encoding", "delimiter")})

    def _layout(self, name: str) -> str:
        """What is chosen, where it was changed, guessed, or said before: also of an earlier file."""
        chosen = str(self.cleaned_data.get(name, ""))
        guessed = any(one.startswith(name) for one in self.asked)
        return chosen if guessed or self.before.get(name) or chosen != self.proposal.get(name) else ""

    def _was_asked(self, name: str) -> bool:
        return any(is_about(one, name) for one in self.asked)


class PublishForm(RefusalsMixin, forms.Form):
    """That what was read becomes the next revision."""

    note = forms.CharField(
        label=_("What is new in it?"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("Everybody can read it."),
    )
    without_rejected = forms.BooleanField(label=_("Publish it without the rejected rows"), required=False)
    # What the page shows: nothing else is published by this form.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, upload: Upload, data: Any = None) -> None:
        super().__init__(data, initial={"seen": Seen.of(upload)})
        if not Seen.of(upload).rejected:
            del self.fields["without_rejected"]

    def clean_seen(self) -> Seen:
        """As the operation takes it."""
        return Seen.parse(self.cleaned_data["seen"])

    @classmethod
    def anew(cls, upload: Upload, note: str, refusal: Any) -> "PublishForm":
        """For what there is now, with the refusal and the note: who ticked a box did so of something else."""
        form = cls(upload, {"note": note, "seen": Seen.of(upload)})
        form.add_error(None, refusal)
        return form


class WithdrawForm(RefusalsMixin, forms.Form):
    """Why a dataset is taken away."""

    reason = TextAreaField(
        label=_("Your reason"),
        rows=4,
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("Everybody who comes to its page reads it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present(self, "reason", expected=True)
