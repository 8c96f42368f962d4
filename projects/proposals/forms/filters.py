from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Area
from projects.calls.models import Call
from projects.proposals.models import Theme
from projects.proposals.queries import SORTS, Filters, Stage


class FilterForm(forms.Form):
    """What the list of projects is narrowed by; a value that is none of the choices counts as none."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200, strip=True)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    area = forms.ChoiceField(label=_("District"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    call = forms.ChoiceField(label=_("Call"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=list(SORTS.items()))
    view = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, areas: Iterable[Area], calls: Iterable[Call], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("theme", _("All themes"), Theme.choices)
        self._choose("area", _("The whole city"), [(area.slug, area.name) for area in areas])
        self._choose("stage", _("Any stage"), [(value, label.capitalize()) for value, label in Stage.choices])
        self._choose("call", _("All calls"), [(call.slug, call.title) for call in calls])
        self.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "placeholder": _("Bicycle, park, Harbour …")}
        )

    def _choose(self, name: str, nothing: Any, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", nothing), *choices]

    def filters(self) -> Filters:
        """What was asked for, as far as it makes sense."""
        self.is_valid()
        known = {name: value for name, value in self.cleaned_data.items() if value and name != "view"}
        return Filters(**known)

    @property
    def as_map(self) -> bool:
        """Whether the map is asked for."""
        return self.data.get("view") == "map"

    def chips(self) -> list[dict[str, str]]:
        """What is chosen, each with the address that takes it back."""
        asked = {name: str(value) for name, value in self.cleaned_data.items() if value}
        return [
            {
                "text": self._words(name, value),
                "href": "?" + urlencode({k: v for k, v in asked.items() if k != name}),
            }
            for name, value in asked.items()
            if name not in ("sort", "view")
        ]

    def _words(self, name: str, value: str) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        return f"“{value}”"

    def address(self, **changes: str) -> str:
        """The address of this list with some values changed (empty: taken away)."""
        asked = {name: str(value) for name, value in self.cleaned_data.items() if value} | changes
        return "?" + urlencode({name: value for name, value in asked.items() if value})
