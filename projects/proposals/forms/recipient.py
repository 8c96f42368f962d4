"""The city's form for who is paid for a project."""

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation


class RecipientForm(forms.Form):
    """An organisation by the name in its page's address: names may be equal."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation that is paid"),
        queryset=Organisation.objects.order_by("name"),
        to_field_name="slug",
        widget=forms.TextInput,
        help_text=_("The last part of its page’s address. Somebody of the project’s team has to act for it."),
        error_messages={"invalid_choice": _("There is no organisation of this name.")},
    )
