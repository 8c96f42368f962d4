"""What the ledger's pages ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.core.forms import RefusalsMixin, field
from marketplace.ledger import chart


class Filters(forms.Form):
    account = forms.CharField(label=_("Account"), required=False, max_length=120)
    kind = forms.ChoiceField(label=_("What happened"), required=False)

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field(self, "kind", forms.ChoiceField).choices = [
            ("", _("Everything")),
            *((kind, chart.happened(kind)) for kind in kinds),
        ]


class SubscribeForm(RefusalsMixin, forms.Form):
    address = forms.EmailField(
        label=_("Email address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We write to it once, so that you can confirm. After that, one short mail a day."),
    )
