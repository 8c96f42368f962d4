"""What people fill in: a line of the wanted list, an offer, an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.forms import DayField, RefusalsMixin, TextAreaField, field, present
from civic.core.ids import new_id
from projects.contributions import queries
from projects.contributions.models import Kind, Want
from projects.contributions.operations.offer_steps import LONGEST, NEED_REASON, Offer
from projects.contributions.operations.wants import MOST_AMOUNT, Wish


class WantForm(RefusalsMixin, forms.Form):
    """A line of the wanted list."""

    kind = forms.ChoiceField(label=_("What kind of help?"), choices=Kind.choices)
    title = forms.CharField(
        label=_("What do you need?"),
        max_length=120,
        help_text=_("For example: hands to plant trees on a Saturday."),
    )
    amount = forms.IntegerField(label=_("How much?"), min_value=1, max_value=MOST_AMOUNT)
    unit = forms.CharField(label=_("Of what?"), max_length=40, help_text=_("Hours, days, rooms, pieces …"))
    needed_by = DayField(label=_("Until when?"), required=False)
    details = TextAreaField(label=_("What should helpers know?"), rows=3, max_length=600, required=False)

    @classmethod
    def of(cls, want: Want, data: Any = None) -> "WantForm":
        """Filled with what a line says now."""
        return cls(data, initial={name: getattr(want, name) for name in cls.base_fields})

    def wish(self) -> Wish:
        """What was filled in, as the operation takes it."""
        return Wish(**self.cleaned_data)


class OfferForm(RefusalsMixin, forms.Form):
    """An offer. The token makes a double click one offer."""

    amount = forms.IntegerField(label=_("How much do you offer?"), min_value=1)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In whose name?"), required=False, empty_label=_("My own")
    )
    message = TextAreaField(
        label=_("A word to the team"),
        rows=4,
        max_length=LONGEST,
        required=False,
        help_text=_("When you have time, what you can do. Only the team and the city read this."),
    )
    anonymous = forms.BooleanField(
        label=_("Do not show a name in public"),
        required=False,
        help_text=_("The team knows who you are. Others read “somebody”."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, want: Want, left: int, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", new_id())
        present(self, "amount", unit=want.unit)
        self.fields["amount"].widget.attrs["max"] = left
        mine = queries.acts_for(actor)
        field(self, "organisation", forms.ModelChoiceField).queryset = mine
        if not mine:
            del self.fields["organisation"]

    def offer(self) -> Offer:
        """What was filled in, as the operation takes it."""
        values = dict(self.cleaned_data)
        del values["token"]
        return Offer(**values)


class AnswerForm(RefusalsMixin, forms.Form):
    """One step of a contribution, with a reason where it says no."""

    verb = forms.CharField(widget=forms.HiddenInput)
    reason = TextAreaField(
        label=_("Your words to the other side"),
        rows=3,
        max_length=LONGEST,
        required=False,
        help_text=_("When you say no, or when something is missing, say why."),
    )

    def asks_for_words(self, verbs: list[str]) -> bool:
        """Whether one of these steps needs a reason."""
        return bool(NEED_REASON & set(verbs))
