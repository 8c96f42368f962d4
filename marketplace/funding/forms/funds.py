"""What people fill in about match funds and bank accounts."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.core.forms import RefusalsMixin
from civic.core.ids import new_id
from marketplace.funding.models import BankDetails
from marketplace.funding.operations.challenges import LONGEST


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

    def arguments(self) -> dict[str, str | UUID]:
        """What the operation gets of the form."""
        return dict(self.cleaned_data)


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
