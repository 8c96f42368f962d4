"""What the style guide shows in the components that are filled in."""

from types import SimpleNamespace
from typing import Any

from django import forms

from civic.core.forms import present

Sample = dict[str, Any]


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

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        present(self, "cost", affix="€")
        present(
            self,
            "rule",
            cards=True,
            choice_hints={
                "time": "An afternoon, or an evening a week.",
                "space": "Somewhere to meet, build or store.",
            },
        )


def _square(west: float, south: float, wide: float, high: float) -> dict[str, Any]:
    east, north = west + wide, south + high
    return {
        "type": "Polygon",
        "coordinates": [
            [[west, south], [east, south + 0.004], [east - 0.005, north], [west, north], [west, south]]
        ],
    }


DISTRICTS = [
    SimpleNamespace(name="Old Town", boundary=_square(6.93, 53.61, 0.04, 0.02)),
    SimpleNamespace(name="Harbour", boundary=_square(6.93, 53.63, 0.04, 0.02)),
    SimpleNamespace(name="Northfield", boundary=_square(6.97, 53.62, 0.04, 0.03)),
]


def cards(theme: str) -> list[Sample]:
    """Radios as cards."""
    form = StyleForm(auto_id=f"{theme}-cards-%s", prefix=f"{theme}cards")
    hints = {"time": "An afternoon, or an evening a week."}
    return [{"choices": form["rule"], "hints": hints, "cards": True}]


def filters(theme: str) -> list[Sample]:
    """A list narrowed to one district."""

    class Filters(forms.Form):
        theme = forms.ChoiceField(label="Theme", choices=[("", "All themes"), ("green", "Parks and nature")])
        area = forms.ChoiceField(label="District", choices=[("", "Everywhere"), ("harbour", "Harbour")])
        sort = forms.ChoiceField(
            label="Order", choices=[("new", "Newest first"), ("support", "Most supported")]
        )

    chips = [{"text": "Harbour", "href": "#"}]
    return [{"form": Filters(auto_id=f"{theme}-filter-%s"), "chips": chips, "reset_href": "#"}]


def pick(theme: str) -> list[Sample]:
    """A place to choose."""

    class Place(forms.Form):
        latitude = forms.DecimalField(label="Latitude", required=False)
        longitude = forms.DecimalField(label="Longitude", required=False)

    form = Place(auto_id=f"{theme}-place-%s")
    return [
        {
            "id": f"{theme}-pick",
            "label": "Where is it?",
            "latitude": form["latitude"],
            "longitude": form["longitude"],
            "districts": DISTRICTS,
        }
    ]


def wrong(theme: str) -> list[Sample]:
    """A form sent empty."""
    form = StyleForm({}, auto_id=f"{theme}-wrong-%s")
    form.is_valid()
    return [{"form": form, "still": True}]
