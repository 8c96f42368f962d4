"""What publishers say of a file: the file itself, answers to the first look, and that it is to be published."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.core.forms import RefusalsMixin, field, present
from civic.core.ids import new_id
from datasets.catalogue.first_look import is_about
from datasets.catalogue.labels import DELIMITER_WORDS, ENCODINGS, KIND_WORDS
from datasets.catalogue.models import Upload
from datasets.catalogue.operations.publishing import LONGEST_NOTE, Seen
from datasets.catalogue.operations.uploads import Answers
from datasets.catalogue.reading.columns import BY_NAME
from datasets.catalogue.reading.layout import DELIMITERS


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
        help_text=_("It stands with the revision."),
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
