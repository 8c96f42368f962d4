"""What a sponsor fills in: who we are, ties and interests, where the invoice goes; and the team's packages."""

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.forms import RefusalsMixin, present
from civic.core.ids import new_id
from civic.core.money import Money
from marketplace.invoicing.models import Issuer
from marketplace.invoicing.vat import EU
from marketplace.sponsorship.models import Package
from marketplace.sponsorship.operations.packages import MOST, Part
from marketplace.sponsorship.operations.sponsorships import LONGEST, Billing

NONE, SOME = "none", "some"
BLANK_ROWS = 2


def countries(issuer: Issuer | None) -> list[tuple[str, str]]:
    """Where invoices can go: the issuer's country, and the EU where the issuer is in it; by name."""
    home = issuer.country if issuer else ""
    codes = EU if home in EU else {home}
    names = Locale.parse((get_language() or "en").replace("-", "_")).territories
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda pair: pair[1])


class SponsorForm(RefusalsMixin, forms.Form):
    """An offer; shown a second time with hidden fields to be looked over. The token makes a double click one."""

    organisation = forms.ModelChoiceField(
        label=_("Which organisation sponsors?"), queryset=Organisation.objects.none(), empty_label=None
    )
    ties = forms.ChoiceField(
        label=_("Does it have ties to the project or to the city?"),
        choices=[(NONE, _("No, we know of none")), (SOME, _("Yes, or perhaps"))],
        widget=forms.RadioSelect,
        help_text=_(
            "Contracts or applications with the city, seats in its bodies, family or business with the team. "
            "Ties do not rule you out; the city looks at them before anything is agreed."
        ),
    )
    conflict = forms.CharField(
        label=_("Which ties?"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The city’s officers read this. Please name no private persons."),
    )
    billing_name = forms.CharField(label=_("Name on the invoice"), max_length=160)
    billing_street = forms.CharField(label=_("Street and number"), max_length=160)
    billing_postcode = forms.CharField(label=_("Postcode"), max_length=20)
    billing_city = forms.CharField(label=_("Town"), max_length=80)
    billing_country = forms.ChoiceField(label=_("Country"))
    billing_email = forms.EmailField(label=_("E-mail for invoices"))
    vat_id = forms.CharField(
        label=_("VAT number"),
        max_length=24,
        required=False,
        help_text=_("With the letters of your country, like DE123456788. Leave it empty if you have none."),
    )
    purchase_order = forms.CharField(
        label=_("Your order number"),
        max_length=60,
        required=False,
        help_text=_("We print it on the invoice."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def __init__(self, *args: Any, organisations: Any, issuer: Issuer | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["organisation"].queryset = organisations
        fields["billing_country"].choices = countries(issuer)
        if issuer:
            fields["billing_country"].initial = issuer.country
        for name, hint in AUTOCOMPLETE.items():
            fields[name].widget.attrs["autocomplete"] = hint

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("ties") == SOME and not values.get("conflict"):
            self.add_error("conflict", _("Say which ties there are."))
        return values

    @property
    def statement(self) -> str:
        """The statement of ties as it is kept."""
        data = self.cleaned_data
        return str(data["conflict"]) if data["ties"] == SOME else str(_("We know of no ties."))

    @property
    def billing(self) -> Billing:
        """Where the invoice goes, as the operation takes it."""
        data = self.cleaned_data
        names = ("name", "street", "postcode", "city", "country", "email")
        address = {name: data[f"billing_{name}"] for name in names}
        return Billing(**address, vat_id=data["vat_id"], purchase_order=data["purchase_order"])

    @property
    def country_name(self) -> str:
        """The chosen country in words."""
        choices: Any = self.fields["billing_country"]
        return str(dict(choices.choices)[self.cleaned_data["billing_country"]])


AUTOCOMPLETE = {
    "billing_name": "organization",
    "billing_street": "street-address",
    "billing_postcode": "postal-code",
    "billing_city": "address-level2",
    "billing_country": "country",
    "billing_email": "email",
}


class StepForm(RefusalsMixin, forms.Form):
    """A step of a sponsorship that needs no words."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in ("contract", "withdraw", "fulfil")])


class PayForm(RefusalsMixin, forms.Form):
    """The way to pay an invoice."""

    provider = forms.CharField(max_length=12)


class PackageForm(forms.Form):
    """One package; an empty row does not count."""

    title = forms.CharField(label=_("Package"), max_length=80, required=False)
    amount = forms.CharField(label=_("Amount before tax"), max_length=20, required=False)
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=1000, required=False)
    benefits = forms.CharField(
        label=_("What the sponsor gets"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        present(self, "amount", affix=currency)
        self.fields["places"].help_text = _("Empty: no limit.")

    def clean_amount(self) -> int | None:
        """Minor units."""
        text = self.cleaned_data["amount"]
        try:
            return Money.parse(text, self.currency).minor if text else None
        except ValueError as error:
            raise forms.ValidationError(_("Write an amount, like 1,500.")) from error

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.is_filled:
            for name in ("title", "amount", "benefits"):
                if values.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("Fill this in, or empty the whole row."))
        return values

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in the row."""
        return any(self.data.get(self.add_prefix(name)) for name in self.fields)

    def part(self) -> Part:
        """The row as the operation takes it."""
        values = dict(self.cleaned_data)
        return Part(amount_minor=values.pop("amount"), **values)


PackageForms = forms.formset_factory(PackageForm, extra=BLANK_ROWS, max_num=MOST)


class PackagesForm(RefusalsMixin, forms.Form):
    """What is wrong with the packages as a whole."""


def rows_of(packages: list[Package]) -> list[dict[str, Any]]:
    """Packages as the rows of the form start with them."""
    return [
        {"title": one.title, "amount": str(one.amount.major), "places": one.places, "benefits": one.benefits}
        for one in packages
    ]
