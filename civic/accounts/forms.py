"""The forms of a person's pages, of organisations and of residency."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Area, Membership, Organisation, Person
from civic.accounts.operations.residency import Facts
from civic.core import clock
from civic.core.forms import RefusalsMixin, TextAreaField, field, present


class OperationForm(RefusalsMixin, forms.Form):
    """A form that one operation answers; `answer` is what that returned."""

    answer: Any = None

    def accepted_by(self, operation: Callable[..., Any], **fixed: Any) -> bool:
        """Whether the form is right and the operation took it; a refusal lands on its field."""

        def run() -> None:
            self.answer = operation(**fixed, **self.arguments())

        return self.accepted(run)

    def arguments(self) -> dict[str, Any]:
        """What the operation gets of the form."""
        return dict(self.cleaned_data)


class DistrictForm(OperationForm):
    """Asks among other things where somebody lives: in a district, or the city itself where it has none."""

    area = forms.ModelChoiceField(label=_("District"), queryset=Area.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        districts = Area.objects.exclude(parent=None)
        found = districts if districts.exists() else Area.objects.all()
        field(self, "area", forms.ModelChoiceField).queryset = found


class ProfileForm(DistrictForm):
    """What a person says about themselves."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("Others see this name beside what you write. It need not be your full name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    about = TextAreaField(
        label=_("About you"),
        max_length=600,
        required=False,
        help_text=_("What should neighbours know about you?"),
        rows=4,
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

    field_order = ("name", "about", "area", "indexed")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": model_to_dict(person, self.field_order)})


class EraseForm(OperationForm):
    """The last question before an account is erased."""

    confirmation = forms.CharField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("Type it to show that you mean it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, alone: Collection[Organisation] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if alone:
            names = ", ".join(one.name for one in alone)
            self.fields["close_organisations"] = forms.BooleanField(
                label=_("Close %(names)s with my account") % {"names": names},
                error_messages={"required": _("Hand it over first, or agree that it is closed.")},
            )


class OrganisationForm(OperationForm):
    """What an organisation says about itself."""

    KINDS = {
        Organisation.Kind.BUSINESS: _("A shop, company or self-employed person"),
        Organisation.Kind.COMMUNITY: _("A club, neighbourhood group, charity or church"),
        Organisation.Kind.UNIVERSITY: _("A university, school or institute"),
        Organisation.Kind.DEPARTMENT: _("A part of the city council"),
    }

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)
    about = TextAreaField(
        label=_("About"), max_length=2000, required=False, help_text=_("What you do, and for whom."), rows=6
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )

    def __init__(
        self, *args: Any, actor: Person, organisation: Organisation | None = None, **kwargs: Any
    ) -> None:
        known = model_to_dict(organisation, self.base_fields) if organisation else {}
        super().__init__(*args, **kwargs | {"initial": known})
        department = Organisation.Kind.DEPARTMENT
        offered = actor.is_staff or known.get("kind") == department
        kinds = [kind for kind in Organisation.Kind if offered or kind != department]
        choices = [(kind.value, kind.label.capitalize()) for kind in kinds]
        field(self, "kind", forms.ChoiceField).choices = choices
        present(self, "kind", cards=True, choice_hints=self.KINDS)


class RoleForm(OperationForm):
    """A role in an organisation."""

    ROLES = {
        Membership.Role.MEMBER: _("Takes part and is named as a member"),
        Membership.Role.MANAGER: _("Also edits the page and acts for the organisation"),
        Membership.Role.OWNER: _("Also invites, removes and appoints members"),
    }

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label.capitalize()) for role in ROLES],
        initial=Membership.Role.MEMBER,
    )


class InviteForm(RoleForm):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=RoleForm.base_fields["role"].choices,  # type: ignore[attr-defined]
        initial=Membership.Role.MEMBER,
        widget=forms.RadioSelect,
    )
    field_order = ("email", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present(self, "role", choice_hints=self.ROLES)


class PersonalFacts(OperationForm):
    """Full name and date of birth, by which the city knows a person."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=160,
        help_text=_("All names, as in your passport or identity card."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    born = forms.DateField(
        label=_("Date of birth"),
        help_text=_(
            "For example 1984-07-31. We keep it while you are confirmed, for votes that ask for an age; "
            "then only a fingerprint."
        ),
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday", "min": "1890-01-01"}
        ),
    )

    def clean_born(self) -> date:
        born: date = self.cleaned_data["born"]
        if not date(1890, 1, 1) <= born <= localdate(clock.now()):
            raise forms.ValidationError(_("Check the year; this date is not possible."))
        return born


class LetterForm(PersonalFacts, DistrictForm):
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
    field_order = ("name", "born", "street", "postcode", "town", "area")

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


class DeskForm(PersonalFacts, DistrictForm):
    """For staff at the service desk, with the person's document in front of them."""

    email = forms.EmailField(label=_("Email address of the account"))
    document = forms.CharField(
        label=_("Number of the identity document"),
        max_length=40,
        help_text=_("Only a keyed fingerprint of it is kept."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    namesake = forms.BooleanField(
        label=_("Somebody else with the same name and date of birth is verified already"),
        required=False,
        help_text=_("Tick this only after you have compared the documents."),
    )
    field_order = ("email", "name", "born", "document", "area", "namesake")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        # Confirmed by its owner: anybody may have signed up with it, and would be verified in their place.
        proven = {"emailaddress__email__iexact": email, "emailaddress__verified": True}
        self.person = Person.objects.public().filter(**proven).first()
        if self.person is None:
            raise forms.ValidationError(_("There is no account with this address that was confirmed."))
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
    # Of which register and file the page has said the figures.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.LARGEST:
            raise forms.ValidationError(_("The file is larger than 40 MB."))
        return file
