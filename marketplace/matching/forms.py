"""Forms of the desk for funds, deposits and exclusions, and of those who challenge a share."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core.forms import RefusalsMixin, field
from civic.core.ids import new_id
from civic.core.money import CURRENCIES, Money
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.matching.models import Allocation, Deposit, Exclusion, MatchFund
from marketplace.matching.operations.challenges import LONGEST
from marketplace.matching.operations.funds import FundTerms
from marketplace.matching.states import MatchFundState

TERMS = (
    *("title", "summary", "funder", "call", "currency", "rule", "threshold_backers"),
    *("freezes_at", "challenge_days"),
)
AMOUNTS = ("threshold", "gift_min", "gift_cap", "person_cap", "project_cap")


def amount(label: Any, *, required: bool = False, **more: Any) -> forms.CharField:
    """A field for an amount in major units: `1250` or `1,250.50`."""
    return forms.CharField(label=label, required=required, max_length=20, **more)


def minor(text: str, currency: str) -> int | None:
    """The amount in minor units; None where nothing was typed. Raises ValidationError."""
    if not text:
        return None
    try:
        return Money.parse(text, currency).minor
    except ValueError:
        raise ValidationError(_("Type an amount, like 1250 or 1,250.50.")) from None


class FundForm(forms.ModelForm):
    """The terms of a fund; they stay as they are once it is open."""

    ratio = forms.DecimalField(
        label=_("Adds to each gift, in percent"),
        required=False,
        min_value=Decimal(1),
        max_value=Decimal(10_000),
        decimal_places=2,
        help_text=_("100 doubles gifts. For the rule “so much for each euro given”."),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    threshold = amount(_("Sum that enough backers unlock"))
    gift_min = amount(_("Smallest gift that counts"), required=True, initial="1")
    gift_cap = amount(
        _("Most for one gift"), help_text=_("Of a quadratic fund: most of one person's gifts that counts.")
    )
    person_cap = amount(
        _("Most for one person's gifts to all projects"),
        help_text=_("Of a fund that adds so much for each euro: 500 where nothing is named."),
    )
    project_cap = amount(
        _("Most for one project"),
        help_text=_("Of a fund that adds so much for each euro: 10,000 where nothing is named."),
    )

    class Meta:
        model = MatchFund
        fields = TERMS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fund = kwargs.get("instance")
        if fund is not None:
            kwargs["initial"] = _typed(fund) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in AMOUNTS:
            try:
                cleaned[f"{name}_minor"] = minor(cleaned.get(name, ""), cleaned.get("currency", "EUR"))
            except (ValidationError, ValueError) as error:
                self.add_error(name, str(getattr(error, "message", error)))
        return cleaned

    def _post_clean(self) -> None:
        """The operation checks the terms as a whole; the model's own checks would repeat it less kindly."""

    def terms(self) -> FundTerms:
        """What the operation gets."""
        cleaned = self.cleaned_data
        ratio = cleaned["ratio"]
        chosen = {name: cleaned[name] for name in TERMS}
        sums = {f"{name}_minor": cleaned[f"{name}_minor"] for name in AMOUNTS}
        return FundTerms(**chosen, **sums, ratio_bp=None if ratio is None else int(ratio * 100))


def _typed(fund: MatchFund) -> dict[str, Any]:
    sums = {name: getattr(fund, f"{name}_minor") for name in AMOUNTS}
    typed = {name: "" if value is None else str(fund.money(value).major) for name, value in sums.items()}
    return typed | {"ratio": None if fund.ratio_bp is None else Decimal(fund.ratio_bp) / 100}


class DepositForm(forms.ModelForm):
    """Money that arrived for a fund."""

    amount = amount(_("Amount"), required=True, help_text=_("In the fund's currency."))

    class Meta:
        model = Deposit
        fields = ("fund", "note")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("fund") and cleaned.get("amount"):
            cleaned["amount_minor"] = minor(cleaned["amount"], cleaned["fund"].currency)
        return cleaned


class ReturnForm(forms.Form):
    """Where the rest of a fund goes."""

    holder = forms.CharField(label=_("Account holder"), max_length=70)
    iban = forms.CharField(label=_("IBAN"), max_length=42, help_text=_("As the funder wrote it to the city."))


class EnrolForm(forms.ModelForm):
    """A campaign that takes part in a fund."""

    class Meta:
        model = Allocation
        fields = ("fund", "campaign")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field(self, "fund", forms.ModelChoiceField).queryset = MatchFund.objects.filter(
            state=MatchFundState.OPEN
        )
        live = Campaign.objects.filter(state__in=[CampaignState.DRAFT, CampaignState.OPEN])
        field(self, "campaign", forms.ModelChoiceField).queryset = live.select_related("project")

    def _post_clean(self) -> None:
        """Whether it takes part already, the operation says."""


class ExclusionForm(forms.ModelForm):
    """Somebody whose gifts to a campaign are not matched, and why."""

    # By address: who runs a fund may not look through the people of the city.
    person = forms.ModelChoiceField(
        Person.objects.all(), to_field_name="email", label=_("e-mail address"), widget=forms.EmailInput
    )

    class Meta:
        model = Exclusion
        fields = ("campaign", "person", "reason")


class ChallengeForm(RefusalsMixin, forms.Form):
    """What is wrong with a published input; `token` makes a second click harmless."""

    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say what is wrong.")},
        help_text=_("Say which line of the published input you mean, and why. What you write is public."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
