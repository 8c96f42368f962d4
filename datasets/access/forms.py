"""What people fill in: a request, terms, a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.forms import RefusalsMixin, TextAreaField, field, present
from datasets.access.models import AccessRequest, Grant, Policy
from datasets.access.models.policy import LONGEST_DAYS
from datasets.access.operations.requests import LONGEST, LONGEST_ANSWER, Wish
from datasets.access.operations.terms import LONGEST_QUESTION, LONGEST_TERMS, MOST_QUESTIONS
from datasets.access.vocabularies import Purpose
from datasets.catalogue.models import Dataset
from datasets.catalogue.permissions import Scope
from datasets.catalogue.queries import publishers_of

USUAL = 180


class RequestForm(RefusalsMixin, forms.Form):
    """Who asks, why, for how long; the questions of the dataset become fields."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In whose name?"), required=False, empty_label=_("My own")
    )
    purpose = forms.ChoiceField(label=_("What do you want it for?"), choices=[("", "–"), *Purpose.choices])
    why = TextAreaField(
        label=_("Say more about it"),
        rows=5,
        max_length=LONGEST,
        required=False,
        help_text=_(
            "What you want to find out or make, and who will see the result. The publisher reads it."
        ),
    )
    days = forms.IntegerField(label=_("For how many days?"), min_value=1, max_value=LONGEST_DAYS)
    scopes = forms.MultipleChoiceField(
        label=_("What would you do with it?"),
        choices=[one for one in Scope.choices if one[0] != Scope.PREVIEW],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Its first rows come with it in any case."),
    )

    def __init__(self, policy: Policy, actor: Any, data: Any = None, *, initial: Any = None) -> None:
        usual = {"days": min(USUAL, policy.longest_days), "scopes": list(Scope.values)}
        super().__init__(data, initial=usual | (initial or {}))
        self.questions = policy.questions
        self.renews: Grant | None = None
        days = field(self, "days", forms.IntegerField)
        days.help_text = _("At most %(days)s.") % {"days": policy.longest_days}
        for place, question in enumerate(policy.questions):
            self.fields[f"answer-{place}"] = TextAreaField(
                label=question, rows=3, max_length=LONGEST_ANSWER, required=False
            )
            present(self, f"answer-{place}", expected=True)
        present(self, "why", expected=True)
        mine = publishers_of(actor)
        field(self, "organisation", forms.ModelChoiceField).queryset = mine
        if not mine:
            del self.fields["organisation"]

    @classmethod
    def of(cls, request: AccessRequest, actor: Any, data: Any = None) -> "RequestForm":
        """With what it says now, and the questions as they are now."""
        initial = {
            name: getattr(request, name) for name in ("organisation", "purpose", "why", "days", "scopes")
        }
        known = dict(request.answered)
        policy = Policy.of(request.dataset)
        initial |= {f"answer-{at}": known.get(one, "") for at, one in enumerate(policy.questions)}
        form = cls(policy, actor, data, initial=initial)
        form.renews = request.renews
        return form

    def wish(self) -> Wish:
        """What was filled in, as the operation takes it."""
        data = self.cleaned_data
        return Wish(
            purpose=data["purpose"],
            why=data["why"],
            days=data["days"],
            scopes=[Scope.PREVIEW.value, *data["scopes"]],
            answers=[data[f"answer-{place}"] for place in range(len(self.questions))],
            organisation=data.get("organisation"),
            renews=self.renews,
        )


class AcceptForm(RefusalsMixin, forms.Form):
    """The terms of a dataset that is for everybody with an account."""

    purpose = forms.ChoiceField(label=_("What do you want it for?"), choices=[("", "–"), *Purpose.choices])
    agreed = forms.BooleanField(
        label=_("I use the data for this purpose, by its licence and by the terms above.")
    )


class TermsForm(RefusalsMixin, forms.Form):
    """What a dataset asks of its readers."""

    terms = TextAreaField(
        label=_("Terms"),
        rows=6,
        max_length=LONGEST_TERMS,
        required=False,
        help_text=_("What readers promise besides the licence. It becomes part of each agreement."),
    )
    questions = TextAreaField(
        label=_("Questions"),
        rows=4,
        max_length=(LONGEST_QUESTION + 2) * MOST_QUESTIONS,
        required=False,
        help_text=_("One a line, at most five. Whoever asks for the data answers them."),
    )
    longest_days = forms.IntegerField(
        label=_("For how many days at most?"), min_value=1, max_value=LONGEST_DAYS
    )

    @classmethod
    def of(cls, dataset: Dataset, data: Any = None) -> "TermsForm":
        """With what it asks now."""
        policy = Policy.of(dataset)
        initial = {"terms": policy.terms, "longest_days": policy.longest_days}
        return cls(data, initial=initial | {"questions": "\n".join(policy.questions)})
