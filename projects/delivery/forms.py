"""What people fill in: the plan, evidence, answers, news."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import model_to_dict
from django.utils.translation import gettext_lazy as _

from civic.core.forms import DayField, RefusalsMixin, TextAreaField, present
from civic.core.ids import new_id
from projects.delivery.models import Milestone
from projects.delivery.operations import milestone_steps, plans
from projects.delivery.operations.plans import MOST, Part

BLANK_ROWS = 2


class PartForm(forms.Form):
    """One milestone of the plan; an empty row does not count."""

    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    promise = TextAreaField(label=_("What will be there?"), rows=2, max_length=600, required=False)
    share = forms.DecimalField(
        label=_("Share of the money"), min_value=0, max_value=100, decimal_places=2, required=False
    )
    due_on = DayField(label=_("Due"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present(self, "share", unit="%")
        for field in self.fields.values():
            field.expected = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.is_filled:
            for name in self.fields:
                if values.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("Fill this in, or empty the whole row."))
        return values

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in the row."""
        return any(self.data.get(self.add_prefix(name)) for name in self.fields)

    def part(self) -> Part:
        """The row as the operation takes it; percent become basis points."""
        values = dict(self.cleaned_data)
        return Part(share_bp=int(values.pop("share") * Decimal(100)), **values)


PartForms = forms.formset_factory(PartForm, extra=BLANK_ROWS, max_num=MOST)


class PlanForm(RefusalsMixin, forms.Form):
    """What is wrong with the plan as a whole."""


def rows_of(milestones: list[Milestone]) -> list[dict[str, Any]]:
    """A plan as the rows of the form start with it."""
    columns = ("title", "promise", "due_on")
    return [model_to_dict(one, columns) | {"share": Decimal(one.share_bp) / 100} for one in milestones]


class EvidenceForm(RefusalsMixin, forms.Form):
    """A picture or document with what it shows."""

    file = forms.FileField(
        label=_("Picture or document"),
        help_text=_("JPEG, PNG, WebP, PDF, CSV or ODT, at most 10 MB. Everybody can see it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.pdf,.csv,.odt"}),
    )
    text = forms.CharField(label=_("What does it show?"), max_length=200)


class VerdictForm(RefusalsMixin, forms.Form):
    """A step of the delivery as a whole; giving it up needs the reason."""

    verb = forms.CharField(widget=forms.HiddenInput)
    reason = TextAreaField(
        label=_("Your reason"),
        rows=4,
        max_length=milestone_steps.LONGEST,
        required=False,
        help_text=_("Everybody can read it."),
    )


class AnswerForm(VerdictForm):
    """The answer to a milestone, which always has its reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present(self, "reason", expected=True)


class UpdateForm(RefusalsMixin, forms.Form):
    """News from the work. The token makes a double click one update."""

    title = forms.CharField(label=_("What is new?"), max_length=120)
    text = TextAreaField(label=_("Tell it"), rows=8, max_length=plans.LONGEST_NEWS)
    token = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
