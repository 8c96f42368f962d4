"""What the council's desk types about a call: amounts in units of the currency, as people say them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.core.money import CURRENCIES, Money
from projects.calls.models import Call

AMOUNTS = ("budget_minor", "project_cost_min_minor", "project_cost_max_minor")


def _amount(label: Any, *, required: bool = False) -> forms.CharField:
    hint = _("In whole units of the currency: 100000 or 1,250.50.")
    return forms.CharField(label=label, required=required, max_length=20, help_text=hint)


class CallForm(forms.ModelForm):
    """A call; after `is_valid` its amounts are in minor units."""

    budget_minor = _amount(_("Budget"), required=True)
    project_cost_min_minor = _amount(_("Least a project may cost"))
    project_cost_max_minor = _amount(_("Most a project may cost"))
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])

    class Meta:
        model = Call
        fields = (
            *("title", "slug", "summary", "description", "theme", "picture", "eligibility_note", "advice"),
            *AMOUNTS,
            *("currency", "eligibility", "areas", "ballot_kind", "ballot_max", "tally_rule", "completion"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        call = kwargs.get("instance")
        if call is not None and call.currency in CURRENCIES:
            amounts = {name: getattr(call, name) for name in AMOUNTS}
            typed = {
                name: _typed(Money(value, call.currency))
                for name, value in amounts.items()
                if value is not None
            }
            kwargs["initial"] = typed | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # Read-only once voting has begun, and then no part of the form.
        currency = cleaned.get("currency") or self.instance.currency
        for name in [name for name in AMOUNTS if name in self.fields and name in cleaned]:
            try:
                cleaned[name] = Money.parse(cleaned[name], currency).minor if cleaned[name] else None
            except ValueError:
                self.add_error(name, _("Type an amount, like 1250 or 1,250.50."))
        return cleaned


def _typed(amount: Money) -> str:
    return f"{amount.major.normalize():f}" if amount.major == int(amount.major) else str(amount.major)
