"""Forms of the demo provider's page and of the finance officer's desk."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from civic.core import clock
from civic.core.errors import Text
from civic.core.forms import DayField, RefusalsMixin
from civic.core.ids import new_id
from marketplace.payments import queries
from marketplace.payments.models import StatementLine
from marketplace.payments.statements import LARGEST

# What the reference of a proposal leads to.
TARGETS: dict[str, Callable[[str], Any]] = {
    StatementLine.Proposal.CHARGE: queries.bank_charge,
    StatementLine.Proposal.BACK: queries.bank_outgoing,
    StatementLine.Proposal.LESS: queries.bank_outgoing,
    StatementLine.Proposal.SENT: queries.bank_outgoing,
    StatementLine.Proposal.TWICE: queries.bank_outgoing,
    StatementLine.Proposal.DOUBLE: lambda text: (
        queries.statement_lines(text) or queries.deposit_purpose(text)
    ),
    StatementLine.Proposal.TAKEN: queries.statement_line,
    StatementLine.Proposal.FUND: queries.deposit_purpose,
}


# What can happen to a payment at the demo provider, in words.
OUTCOMES: dict[str, Text] = {
    "works": _("It works"),
    "asks": _("The bank asks again"),
    "slow": _("It takes a while"),
    "declines": _("The card is declined"),
}


def _outcome(label: Any, choices: dict[str, Text], hints: dict[str, Text]) -> forms.ChoiceField:
    field: Any = forms.ChoiceField(
        label=label, choices=choices.items, widget=forms.RadioSelect, initial=next(iter(choices))
    )
    field.cards, field.choice_hints = True, hints
    return field


class ProposalForm(forms.Form):
    """What a line of a statement is; `target` is what it pays, what came back or went out, or what it is for."""

    proposal = forms.ChoiceField(label=_("It is"), choices=StatementLine.Proposal.choices)
    target = forms.CharField(
        label=_("Reference"),
        required=False,
        max_length=2000,
        help_text=_(
            "Of the payment that it pays, of our transfer, refund or payment file; spaces do not matter. For a match "
            "fund, its short name, also for a deposit that was entered by hand (the same movement); for the same "
            "movement, or a credit that the bank took back, the number of the other line, or nothing where the list "
            "names that line already; for a sum that stands elsewhere in parts, the numbers of all of them, and for "
            "one of the parts those of the sum and of the other parts."
        ),
    )
    holder = forms.CharField(
        label=_("Whose account it goes back to"),
        required=False,
        max_length=140,
        help_text=_("Only where the bank shows no account that money can go back to."),
    )
    iban = forms.CharField(label=_("IBAN of that account"), required=False, max_length=42)

    def clean(self) -> dict[str, Any]:
        """`target` becomes the row or purpose; what needs none has None."""
        cleaned = super().clean() or {}
        finds, text = TARGETS.get(cleaned.get("proposal", "")), cleaned.get("target", "")
        cleaned["target"] = finds(text) if finds else None
        lines = (StatementLine.Proposal.DOUBLE, StatementLine.Proposal.TAKEN)
        is_named = bool(text) or cleaned.get("proposal") not in lines
        if finds and is_named and cleaned["target"] is None:
            self.add_error("target", _("Nothing that it could be has this reference."))
        return cleaned


class RefundForm(forms.Form):
    """So much goes back of each payment; a form that is sent twice gives back once."""

    part = forms.CharField(
        label=_("Part"), max_length=20, help_text=_("In the payment's currency, like 25 or 1,250.50.")
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


class DemoChargeForm(forms.Form):
    outcome = _outcome(
        _("What shall happen?"),
        OUTCOMES,
        {
            "works": _("The money arrives at once."),
            "asks": _("You confirm on a second page, as banks often want."),
            "slow": _("The money arrives about twenty seconds later."),
            "declines": _("Nothing is paid, and you can try again."),
        },
    )


class DemoSetupForm(forms.Form):
    """How a saved card shall behave when it is charged later."""

    outcome = _outcome(
        _("What shall happen when this card is charged later?"),
        OUTCOMES | {"cancel": _("Don’t save it")},
        {
            "works": _("The money arrives at once."),
            "asks": _("You get a message and confirm the payment yourself."),
            "slow": _("The money arrives about twenty seconds later."),
            "declines": _("The payment fails, and you are asked for another card."),
            "cancel": _("You leave this page without saving a card."),
        },
    )


class DemoSecondStepForm(forms.Form):
    """What the payer says to their bank."""

    outcome = _outcome(
        _("Your bank asks: is this you?"),
        {"works": _("Yes, pay"), "declines": _("No, stop this payment")},
        {"works": _("The money arrives at once."), "declines": _("Nothing is paid.")},
    )


class StatementForm(RefusalsMixin, forms.Form):
    file = forms.FileField(
        label=_("Statement"),
        help_text=_("CAMT.053 (XML) or CSV, up to 10 MB. One bad line, and nothing of the file is read."),
    )

    def clean_file(self) -> UploadedFile:
        """Refuses by its size what must not be read into memory."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return file


class OrderForm(RefusalsMixin, forms.Form):
    """When the bank shall carry out a payment file."""

    send_on = DayField(
        label=_("To be sent on"),
        initial=lambda: localdate(clock.now()),
        help_text=_(
            "All refunds and transfers that wait to leave by bank transfer go into the file, each once."
        ),
    )
