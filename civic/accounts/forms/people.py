"""What people say about themselves, and their last word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.accounts.forms.base import OperationForm, districts
from civic.accounts.models import Area, Person
from civic.core.forms import field


class ProfileForm(OperationForm):
    """What a person says about themselves."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("Others see this name beside what you write. It need not be your full name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    about = forms.CharField(
        label=_("About you"),
        max_length=600,
        required=False,
        help_text=_("What should neighbours know about you?"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    area = forms.ModelChoiceField(
        label=_("District"), queryset=Area.objects.none(), required=False, empty_label=_("I'd rather not say")
    )
    indexed = forms.BooleanField(
        label=_("Search engines may show my page"),
        required=False,
        help_text=_(
            "Your page is public either way. Without this, search engines are asked to leave it out."
        ),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        known = {name: getattr(person, name) for name in ("name", "about", "indexed")} | {
            "area": person.area_id
        }
        super().__init__(*args, **kwargs | {"initial": known})
        field(self, "area", forms.ModelChoiceField).queryset = districts()


class EraseForm(OperationForm):
    """The last question before an account is erased."""

    confirmation = forms.CharField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("Type it to show that you mean it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
