"""What people fill in about match funds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.core.forms import RefusalsMixin
from civic.core.ids import new_id
from marketplace.matching.operations.challenges import LONGEST


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

    def arguments(self) -> dict[str, Any]:
        """What the operation gets of the form."""
        return dict(self.cleaned_data)
