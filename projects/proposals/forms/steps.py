from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.forms import model_to_dict
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Area, Organisation
from civic.core import ids
from civic.core.forms import RefusalsMixin, field
from projects.calls.models import Call
from projects.proposals.fields import FIELDS, Needed, ProjectField, names
from projects.proposals.models import Picture, Project, Theme
from projects.proposals.states import REVISABLE


class Later(forms.Field):
    """A field that a draft may leave open; the checklist asks for it before the project is handed in."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class LaterText(Later, forms.CharField):
    """A text for later."""


class LaterChoice(Later, forms.ChoiceField):
    """A choice for later."""


class StartForm(RefusalsMixin, forms.Form):
    """The first step: a title, and the call it is for."""

    title = forms.CharField(
        label=_("What is your idea called?"),
        max_length=120,
        help_text=_("A few words. You can change it later."),
    )
    call = forms.ModelChoiceField(
        label=_("Which call is it for?"), queryset=Call.objects.none(), empty_label=None
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, calls: list[Call], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["call"]
        field.queryset = Call.objects.filter(pk__in=[call.pk for call in calls])  # type: ignore[attr-defined]
        field.widget = forms.RadioSelect(choices=[(call.pk, call.title) for call in calls])
        field.cards = True  # type: ignore[attr-defined]
        field.choice_hints = {str(call.pk): call.summary for call in calls}  # type: ignore[attr-defined]
        self.initial.setdefault("key", ids.new_id())
        if len(calls) == 1:
            self.initial.setdefault("call", calls[0].pk)


class StepForm(RefusalsMixin, forms.Form):
    """What every step carries: the version that was read and, once the project is open, what changed and why."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        self.initial.setdefault("version", project.version)
        if project.state in REVISABLE:
            self.fields["reason"] = forms.CharField(
                label=_("What changed, and why?"), max_length=400, help_text=_("Supporters will read this.")
            )

    @property
    def revision(self) -> dict[str, Any]:
        """The version and the reason, as operations take them."""
        return {"version": self.cleaned_data.get("version"), "reason": self.cleaned_data.get("reason", "")}


class DescribeForm(StepForm):
    """A step whose inputs are columns of the project: its texts by `fields`, others as the subclass declares."""

    step: ClassVar[str]

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        columns = names(step=self.step)
        super().__init__(*args, project=project, initial=model_to_dict(project, columns), **kwargs)
        self.fields |= {text.name: _text_input(text) for text in FIELDS if text.name in columns and text.rows}
        self.order_fields(columns)

    @property
    def texts(self) -> list[forms.BoundField]:
        """The inputs that `fields` declares, for the template."""
        return [self[text.name] for text in FIELDS if text.step == self.step and text.rows]

    @property
    def described(self) -> dict[str, Any]:
        """The columns as they should become."""
        return {name: self.cleaned_data[name] for name in names(step=self.step) if name in self.cleaned_data}


def _text_input(text: ProjectField) -> forms.CharField:
    kind = LaterText if text.needed is Needed.FOR_REVIEW else forms.CharField
    return kind(
        label=str(text.question or text.label),
        max_length=getattr(Project, text.name).field.max_length,
        required=text.needed is not Needed.NEVER,
        widget=forms.Textarea(attrs={"rows": text.rows}) if text.rows > 1 else forms.TextInput(),
        help_text=str(text.help),
    )


class IdeaForm(DescribeForm):
    step = "idea"

    theme = LaterChoice(label=_("Theme"), choices=[("", _("Choose a theme")), *Theme.choices])
    organisation = forms.ModelChoiceField(
        label=_("On behalf of"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Only myself"),
        help_text=_("An organisation that you act for."),
    )

    def __init__(self, *args: Any, project: Project, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, project=project, **kwargs)
        mine = Organisation.objects.filter(Q(memberships__person=actor) | Q(pk=project.organisation_id))
        if mine.exists():
            field(self, "organisation", forms.ModelChoiceField).queryset = mine.distinct()
        else:
            del self.fields["organisation"]


class StoryForm(DescribeForm):
    step = "story"


class PlaceForm(DescribeForm):
    step = "place"

    area = forms.ModelChoiceField(
        label=_("District"),
        queryset=Area.objects.filter(parent__isnull=False),
        required=False,
        empty_label=_("The whole city"),
    )
    latitude = forms.DecimalField(
        label=_("Latitude"), max_digits=8, decimal_places=6, min_value=-90, max_value=90, required=False
    )
    longitude = forms.DecimalField(
        label=_("Longitude"), max_digits=9, decimal_places=6, min_value=-180, max_value=180, required=False
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        spot = [values.get("latitude"), values.get("longitude")]
        if (spot[0] is None) != (spot[1] is None) and not {"latitude", "longitude"} & set(self.errors):
            self.add_error("longitude", _("Give both coordinates, or none."))
        return values


class InviteForm(RefusalsMixin, forms.Form):
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("We send a link. They join when they accept; until then nobody sees it."),
    )
    role = forms.CharField(label=_("What they do in the project"), max_length=80)


class PictureForm(StepForm):
    """One more picture. What it really is, projects.proposals.pictures finds out."""

    file = forms.FileField(
        label=_("Picture"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, up to 10 MB. Where and when it was taken is removed."),
    )
    alt = forms.CharField(
        label=_("What does it show?"),
        max_length=200,
        help_text=_(
            "One sentence for people who cannot see it, such as “An empty lot with a bench between two houses”."
        ),
    )


class PictureTextForm(StepForm):
    """What is said about a picture that is there, and whether it is the cover."""

    alt = forms.CharField(label=_("What does it show?"), max_length=200)
    cover = forms.BooleanField(label=_("Use it as the cover"), required=False)

    def __init__(self, *args: Any, picture: Picture, **kwargs: Any) -> None:
        super().__init__(*args, initial={"alt": picture.alt}, prefix=f"p{picture.pk.hex[-8:]}", **kwargs)
        self.picture = picture


class CancelForm(RefusalsMixin, forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Supporters will read this."),
    )
