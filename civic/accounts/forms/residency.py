"""How a person, or staff for them, show where they live."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.accounts.forms.base import OperationForm, districts
from civic.accounts.models import Area, Person
from civic.accounts.operations.residency import Facts
from civic.core import clock
from civic.core.forms import field


def _birth_date() -> forms.DateField:
    return forms.DateField(
        label=_("Date of birth"),
        help_text=_("For example 1984-07-31. We keep only a fingerprint of it."),
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday", "min": "1890-01-01"}
        ),
    )


def _full_name() -> forms.CharField:
    return forms.CharField(
        label=_("Full name"),
        max_length=160,
        help_text=_("All names, as in your passport or identity card."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class PersonalFacts(OperationForm):
    """Full name and date of birth, by which the city knows a person."""

    name = _full_name()
    born = _birth_date()

    def clean_born(self) -> date:
        born: date = self.cleaned_data["born"]
        if not date(1890, 1, 1) <= born <= clock.now().date():
            raise forms.ValidationError(_("Check the year; this date is not possible."))
        return born


class LetterForm(PersonalFacts):
    """Where the letter with the code goes."""

    street = forms.CharField(
        label=_("Street and number"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"), max_length=12, widget=forms.TextInput(attrs={"autocomplete": "postal-code"})
    )
    town = forms.CharField(
        label=_("Town"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    area = forms.ModelChoiceField(label=_("District"), queryset=Area.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field(self, "area", forms.ModelChoiceField).queryset = districts()

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        address = f"{data['street']}\n{data['postcode']} {data['town']}"
        return {"name": data["name"], "born": data["born"], "address": address, "area": data["area"]}


class CodeForm(OperationForm):
    """The code of the letter."""

    letter_code = forms.CharField(
        label=_("Code from the letter"),
        max_length=20,
        help_text=_("Eight letters and digits, like K7RM-4XPA. Small letters and the dash do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )

    def arguments(self) -> dict[str, Any]:
        return {"code": self.cleaned_data["letter_code"]}


class RegistryForm(PersonalFacts):
    """The facts that stand in the residents' register."""

    number = forms.CharField(
        label=_("Registration number"),
        max_length=40,
        help_text=_(
            "It stands at the top right of the confirmation that you got when you registered your address."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DeskForm(PersonalFacts):
    """For staff at the service desk, with the person's document in front of them."""

    email = forms.EmailField(label=_("Email address of the account"))
    document = forms.CharField(
        label=_("Number of the identity document"),
        max_length=40,
        help_text=_("Only a keyed fingerprint of it is kept."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    area = forms.ModelChoiceField(label=_("District"), queryset=Area.objects.none())
    namesake = forms.BooleanField(
        label=_("Somebody else with the same name and date of birth is verified already"),
        required=False,
        help_text=_("Tick this only after you have compared the documents."),
    )
    field_order = ("email", "name", "born", "document", "area", "namesake")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field(self, "area", forms.ModelChoiceField).queryset = districts()

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        self.person = Person.objects.public().filter(email__iexact=email).first()
        if self.person is None:
            raise forms.ValidationError(_("There is no account with this address."))
        return email

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        facts = Facts(data["name"], data["born"], data["document"], namesake=data["namesake"])
        return {"person": self.person, "facts": facts, "area": data["area"]}


class RegistryUploadForm(OperationForm):
    """An extract of the residents' register."""

    LARGEST = 40 * 1024 * 1024

    file = forms.FileField(
        label=_("Extract of the register (CSV)"),
        help_text=_(
            "UTF-8, with the columns name, birth_date (1984-07-31), number, area (short name of the district)."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.LARGEST:
            raise forms.ValidationError(_("The file is larger than 40 MB."))
        return file
