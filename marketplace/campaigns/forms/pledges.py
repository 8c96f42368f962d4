"""The forms of a pledge: what is wished, what is confirmed, and another amount."""

from typing import Any

from babel.numbers import get_currency_symbol
from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from civic.core.forms import RefusalsMixin, field, present
from civic.core.money import Money, decimals
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations.pledges import MOST_MONTHS, SAME_WISH
from marketplace.payments import providers

# Offered as chips, in major units, as far as they fit the campaign's limits.
CHIPS = (10, 25, 50, 100, 250)
OTHER = "other"


def money_of(text: str, currency: str) -> Money:
    """An amount as people type it. Raises ValidationError."""
    try:
        return Money.parse(text, currency)
    except ValueError as error:
        raise forms.ValidationError(_("Write an amount, like 25 or 12.50.")) from error


def affix(currency: str) -> str:
    """The sign before a field of money."""
    return get_currency_symbol(currency, locale=(get_language() or "en").replace("-", "_"))


class PledgeForm(RefusalsMixin, forms.Form):
    """What somebody would like to give. It is sent by GET: the address keeps it through signing in."""

    amount = forms.ChoiceField(label=_("How much?"), widget=forms.RadioSelect)
    other = forms.CharField(label=_("Another amount"), max_length=20, required=False)
    frequency = forms.ChoiceField(
        label=_("How often?"),
        choices=[(Pledge.Frequency.ONCE, _("Once")), (Pledge.Frequency.MONTHLY, _("Every month"))],
        widget=forms.RadioSelect,
    )
    months = forms.IntegerField(
        label=_("For how many months?"),
        min_value=2,
        max_value=MOST_MONTHS,
        required=False,
        error_messages={
            "min_value": _("Monthly is for %(limit_value)s months at least."),
            "max_value": _("Monthly is for %(limit_value)s months at most."),
        },
    )
    provider = forms.ChoiceField(label=_("How do you want to pay?"), widget=forms.RadioSelect)
    anonymous = forms.BooleanField(
        label=_("Do not show my name"),
        required=False,
        help_text=_(
            "The list of backers leaves your name out, for all that you give to this project. The city's finance "
            "officers see it. Amount and moment of each payment stand in the public ledger, and what match funds "
            "count in their published input, both without names: whoever knows what you gave and when, or that you "
            "are the only one who gives here, can still tell that it was you."
        ),
    )

    def __init__(self, *args: Any, campaign: Campaign, nameless: bool | None = None, **kwargs: Any) -> None:
        """`nameless`: whether the person's earlier gifts to the campaign hide the name; this one follows them."""
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        if nameless is not None:
            self.fields["anonymous"].disabled = True
            self.initial["anonymous"] = nameless
            self.fields["anonymous"].help_text = SAME_WISH
        field(self, "amount", forms.ChoiceField).choices = [*chips(campaign), (OTHER, _("Other"))]
        present(self, "other", affix=affix(campaign.currency))
        self.fields["other"].widget.attrs["inputmode"] = "decimal"
        field(self, "provider", forms.ChoiceField).choices = payment_method_choices(campaign)
        present(self, "provider", cards=True, choice_hints=hints(campaign))
        present(
            self,
            "frequency",
            cards=True,
            choice_hints={
                Pledge.Frequency.MONTHLY: _(
                    "The first month counts towards the goal. You can stop at any time."
                )
            },
        )
        present(self, "months", expected=True)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        currency = self.campaign.currency
        typed, chosen = values.get("other") or "", values.get("amount")
        try:
            if typed or chosen == OTHER:
                values["money"] = money_of(typed, currency)
            elif chosen:
                values["money"] = Money(int(chosen), currency)
        except forms.ValidationError as error:
            self.add_error("other", error)
        monthly = values.get("frequency") == Pledge.Frequency.MONTHLY
        if monthly and not values.get("months") and "months" not in self.errors:
            self.add_error("months", _("Say for how many months."))
        chosen_way = values.get("provider")
        if monthly and chosen_way and not providers.abilities_of(chosen_way).saves_methods:
            self.add_error("provider", _("Monthly payments can't be made in this way: choose another."))
        if chosen_way and "money" in values:
            where = "other" if typed or chosen == OTHER else "amount"
            if why := providers.abilities_of(chosen_way).why_not(values["money"]):
                self.add_error(where, str(why))
        values["months"] = values.get("months") if monthly else 1
        return values


def chips(campaign: Campaign) -> list[tuple[str, str]]:
    """Amounts that are offered as chips, as (minor units, words)."""
    unit = 10 ** decimals(campaign.currency)
    most = campaign.pledge_max_minor or campaign.goal_minor
    fitting = [major * unit for major in CHIPS if campaign.pledge_min_minor <= major * unit <= most]
    return [(str(minor), campaign.money(minor).format()) for minor in fitting]


def payment_method_choices(campaign: Campaign) -> list[tuple[str, Any]]:
    """The providers whose money belongs in the campaign's book; those that are waited for longest last."""
    found = providers.taking(campaign.book, campaign.currency)
    return [(one.name, one.label) for one in sorted(found, key=lambda one: one.abilities.patience)]


def hints(campaign: Campaign) -> dict[str, Any]:
    """When each of them takes the money."""
    keeps = campaign.rule == Campaign.Rule.KEEP
    at_once, later = _("You pay now."), _("You save a card now and pay only if the goal is reached.")
    usual, back = (at_once, "") if keeps else (later, _("If the goal is missed, it comes back."))
    known = {name: providers.abilities_of(name).hint for name, _label in payment_method_choices(campaign)}
    return {name: f"{hint} {back}".strip() if hint else usual for name, hint in known.items()}


class ConfirmForm(RefusalsMixin, forms.Form):
    """What stood on the review page, in hidden fields; the operation checks all of it again."""

    minor = forms.IntegerField(widget=forms.HiddenInput)
    currency = forms.CharField(max_length=3, min_length=3, widget=forms.HiddenInput)
    months = forms.IntegerField(min_value=1, max_value=MOST_MONTHS, widget=forms.HiddenInput)
    provider = forms.CharField(max_length=12, widget=forms.HiddenInput)
    anonymous = forms.BooleanField(required=False, widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        try:
            values["amount"] = Money(values.pop("minor"), values.pop("currency"))
        except (KeyError, ValueError) as error:
            raise forms.ValidationError(_("This page is damaged. Please begin again.")) from error
        return values


class AmountForm(RefusalsMixin, forms.Form):
    """Another amount for a pledge."""

    amount = forms.CharField(label=_("New amount"), max_length=20)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        present(self, "amount", affix=affix(currency))
        self.fields["amount"].widget.attrs["inputmode"] = "decimal"

    def clean_amount(self) -> Money:
        """As money."""
        return money_of(self.cleaned_data["amount"], self.currency)


def frequency_in_words(months: int) -> str:
    """Once, or each month for so many months."""
    if months == 1:
        return str(_("once"))
    return ngettext("each month, %(n)s month", "each month, %(n)s months", months) % {"n": months}
