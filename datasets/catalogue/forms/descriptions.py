"""What a dataset says of itself, why it is taken away, what a list is narrowed by, and what is harvested."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Area, Organisation
from civic.core.forms import DayField, RefusalsMixin, TextAreaField, field, present
from civic.core.ids import new_id
from datasets.catalogue.models import Dataset, Series, Source
from datasets.catalogue.operations.datasets import (
    CONSENTED_TO,
    LONGEST,
    LONGEST_REASON,
    STAYS,
    Description,
)
from datasets.catalogue.queries import Facets, Filters
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
    series = forms.ModelChoiceField(
        Series.objects.none(), label=_("Series"), required=False, empty_label=_("of no series")
    )
    new_series = forms.CharField(
        label=_("Or the title of a new series"),
        max_length=120,
        required=False,
        help_text=_("Datasets that belong together, such as one a year, stand on one page."),
    )
    first_day = DayField(label=_("First day that it covers"), required=False)
    last_day = DayField(label=_("Last day that it covers"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def __init__(self, *args: Any, publishers: QuerySet[Organisation] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if publishers is None:
            del self.fields["publisher"], self.fields["key"]
        else:
            # Which series there are depends on the publisher: its dataset is put into one afterwards.
            del self.fields["series"], self.fields["new_series"]
            field(self, "publisher", forms.ModelChoiceField).queryset = publishers

    @classmethod
    def of(cls, dataset: Dataset, data: Any) -> "DescriptionForm":
        """The form with what the dataset says now."""
        names = [one.name for one in fields(Description) if one.name not in ("keywords", "new_series")]
        initial = {name: getattr(dataset, name) for name in names}
        form = cls(data, initial=initial | {"keywords": ", ".join(dataset.keywords)}, publishers=None)
        if dataset.by_consent:
            level = field(form, "access_level", forms.ChoiceField)
            level.choices = [(dataset.access_level, dataset.get_access_level_display())]
            for name in CONSENTED_TO:
                form.fields[name].disabled, form.fields[name].help_text = True, STAYS
        own = Series.objects.filter(publisher=dataset.publisher_id)
        field(form, "series", forms.ModelChoiceField).queryset = own
        return form

    def said(self) -> Description:
        """What was filled in, as the operation takes it."""
        values = {
            name: value for name, value in self.cleaned_data.items() if name not in ("publisher", "key")
        }
        return Description(**values | {"keywords": values["keywords"].split(",")})


class SeriesForm(RefusalsMixin, forms.Form):
    """What a series says about itself."""

    title = forms.CharField(label=_("Title"), max_length=120)
    description = TextAreaField(label=_("Description"), rows=5, max_length=LONGEST, required=False)


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


class SourceForm(forms.ModelForm):
    """A catalogue that is to be harvested."""

    class Meta:
        model = Source
        fields = ("title", "kind", "address", "publisher", "theme")
        help_texts: ClassVar = {
            "address": _(
                "Of DCAT the document of the catalogue, or its first page; of CKAN the site, before /api."
            ),
            "publisher": _("In whose name its datasets stand here. Nobody edits them here."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field(self, "publisher", forms.ModelChoiceField).queryset = Organisation.objects.public()
