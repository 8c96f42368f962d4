"""Bank details of organisations, and doubts about payouts."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.core.forms import RefusalsMixin, field
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.payouts import remainder
from marketplace.payouts.models import BankDetails, Hold, Return


class BankDetailsForm(RefusalsMixin, forms.Form):
    """The account that an organisation is paid to."""

    holder = forms.CharField(
        label=_("Account holder"),
        max_length=70,
        help_text=_("As the bank writes it."),
        error_messages={"required": _("Say who holds the account.")},
    )
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=42,
        help_text=_("For example DE89 3704 0044 0532 0130 00. Blanks do not matter."),
        error_messages={"required": _("Type the IBAN.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    @classmethod
    def of(cls, newest: BankDetails | None, data: object = None) -> "BankDetailsForm":
        """The form with what is known of the newest account; the number itself is typed again."""
        return cls(data or None, initial={"holder": newest.holder if newest else ""})  # type: ignore[arg-type]


class DoubtForm(forms.ModelForm):
    """Why the payouts of a campaign stop; everybody reads it."""

    class Meta:
        model = Hold
        fields = ("campaign", "reason")


class ReturnForm(forms.ModelForm):
    """Which campaign's rest goes back, and why; only those whose project has ended after its success."""

    class Meta:
        model = Return
        fields = ("campaign", "reason")
        help_texts: ClassVar = {
            "campaign": _("Of a project that was given up or cancelled after its success."),
            "reason": _(
                "Everybody who gets money back reads it. Nothing moves until somebody else confirms."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ended = Campaign.objects.filter(state=CampaignState.SUCCEEDED, project__state__in=remainder.OVER)
        field(self, "campaign", forms.ModelChoiceField).queryset = ended.select_related("project")
