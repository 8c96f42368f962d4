"""The forms of the style guide: every kind of control, a list that is narrowed, a place to choose."""

from typing import Any

from django import forms

from civic.core.forms import present


class StyleForm(forms.Form):
    """Every kind of control."""

    title = forms.CharField(label="Title", help_text="What would you call it in one line?", max_length=120)
    story = forms.CharField(
        label="Story", widget=forms.Textarea(attrs={"maxlength": 600, "rows": 4}), required=False
    )
    cost = forms.DecimalField(label="Cost", help_text="With tax.")
    starts = forms.DateField(label="Start", widget=forms.DateInput(attrs={"type": "date"}))
    theme = forms.ChoiceField(
        label="Theme", choices=[("green", "Parks and nature"), ("mobility", "Getting around")]
    )
    rule = forms.ChoiceField(
        label="How do you want to help?",
        widget=forms.RadioSelect,
        choices=[("time", "With time"), ("space", "With a room or a place")],
    )
    topics = forms.MultipleChoiceField(
        label="Tell me about",
        widget=forms.CheckboxSelectMultiple,
        choices=[("votes", "Votes"), ("news", "News from projects")],
        required=False,
    )
    picture = forms.FileField(label="Picture", help_text="JPEG, PNG or WebP, up to 10 MB.", required=False)
    rules = forms.BooleanField(label="I have read the house rules", help_text="They are short.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {"time": "An afternoon, or an evening a week.", "space": "Somewhere to meet, build or store."}
        present(self, "cost", affix="€")
        present(self, "rule", cards=True, choice_hints=hints)


class Filters(forms.Form):
    """A list narrowed to one district."""

    theme = forms.ChoiceField(label="Theme", choices=[("", "All themes"), ("green", "Parks and nature")])
    area = forms.ChoiceField(label="District", choices=[("", "Everywhere"), ("harbour", "Harbour")])
    sort = forms.ChoiceField(label="Order", choices=[("new", "Newest first"), ("support", "Most supported")])


class Place(forms.Form):
    """A place to choose."""

    latitude = forms.DecimalField(label="Latitude", required=False)
    longitude = forms.DecimalField(label="Longitude", required=False)


def form(name: str, key: str, data: dict[str, Any] | None = None) -> forms.Form:
    """One of the forms above with ids and names of its own, checked where there are data."""
    found: forms.Form = {"StyleForm": StyleForm, "Filters": Filters, "Place": Place}[name](
        data, auto_id="%s", prefix=key
    )
    found.is_valid()
    return found
