"""Steps that are tables: any number of rows, empty ones do not count."""

from typing import Any

from babel.numbers import get_currency_symbol
from django import forms
from django.forms import model_to_dict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.forms import present
from civic.core.money import Money
from projects.proposals.forms.steps import LaterText, StepForm
from projects.proposals.models import Project
from projects.proposals.operations.drafts import MOST_ROWS, Cost, Goal

BLANK = 1


class Row(forms.Form):
    """A row that may be left empty, and may be taken away."""

    remove = forms.BooleanField(label=_("Remove this row"), required=False)

    @property
    def counts(self) -> bool:
        """Whether somebody filled it in and wants to keep it."""
        return self.has_changed_content() and not self.cleaned_data.get("remove")

    def has_changed_content(self) -> bool:
        """Whether anything but the removal mark stands in it."""
        return any(self.cleaned_data.get(name) for name in self.fields if name != "remove")


class CostRow(Row):
    label = LaterText(label=_("What for"), max_length=120)
    amount = LaterText(
        label=_("Amount"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        present(self, "amount", affix=get_currency_symbol(currency, locale=get_language() or "en"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("remove") or not (values.get("label") or values.get("amount")):
            return values
        if not values.get("label"):
            self.add_error("label", _("What is this money for?"))
        values["money"] = self._money(values.get("amount", ""))
        return values

    def _money(self, text: str) -> Money | None:
        try:
            money = Money.parse(text, self.currency)
        except ValueError:
            self.add_error("amount", _("Enter an amount such as 1250 or 1250.50."))
            return None
        if money.minor <= 0:
            self.add_error("amount", _("Enter an amount above zero."))
        return money


class GoalRow(Row):
    name = LaterText(
        label=_("Who takes part"), max_length=120, help_text=_("“Neighbours of Linnside”, or a name.")
    )
    organisation = forms.ModelChoiceField(
        label=_("or an organisation of yours"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    brings = LaterText(label=_("What they bring"), max_length=280)
    wants = LaterText(label=_("What they want in return"), max_length=280)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisations:
            field = self.fields["organisation"]
            field.choices = [("", _("None")), *((one.pk, one.name) for one in organisations)]  # type: ignore[attr-defined]
            field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in organisations])  # type: ignore[attr-defined]
        else:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("remove") or not any(values.get(name) for name in self.fields if name != "remove"):
            return values
        if not values.get("name") and not values.get("organisation"):
            self.add_error("name", _("Who is it?"))
        for name in ("brings", "wants"):
            if not values.get(name) and name not in self.errors:
                self.add_error(name, _("Please fill this in; both sides of the bargain are public."))
        return values


class RowsForm(StepForm):
    """A step with a formset of rows below its own fields."""

    row: type[Row]

    def __init__(
        self, data: Any = None, *, project: Project, rows: list[dict[str, Any]], **kwargs: Any
    ) -> None:
        row_kwargs = kwargs.pop("row_kwargs")
        super().__init__(data, project=project, **kwargs)
        formset = forms.formset_factory(
            self.row,
            extra=BLANK if rows else 2,
            max_num=MOST_ROWS,
            validate_max=True,
            absolute_max=MOST_ROWS + 20,
        )
        self.rows = formset(data, initial=rows, prefix="rows", form_kwargs=row_kwargs)

    def is_valid(self) -> bool:
        return super().is_valid() and self.rows.is_valid()

    def kept(self) -> list[Row]:
        """The rows that count."""
        return [row for row in self.rows if row.counts]


class CostsForm(RowsForm):
    row = CostRow

    def __init__(self, data: Any = None, *, project: Project, **kwargs: Any) -> None:
        lines = project.cost_lines.all()
        rows = [{"label": line.label, "amount": str(line.amount.major)} for line in lines]
        super().__init__(
            data, project=project, rows=rows, row_kwargs={"currency": project.currency}, **kwargs
        )

    def lines(self) -> list[Cost]:
        """The cost lines that somebody typed."""
        return [Cost(row.cleaned_data["label"], row.cleaned_data["money"]) for row in self.kept()]


class GoalsForm(RowsForm):
    row = GoalRow

    def __init__(self, data: Any = None, *, project: Project, actor: Any, **kwargs: Any) -> None:
        goals = list(project.goals.select_related("organisation"))
        columns = ("name", "organisation", "brings", "wants")
        rows = [model_to_dict(goal, columns) for goal in goals]
        known = {goal.organisation.pk: goal.organisation for goal in goals if goal.organisation}
        mine = {one.pk: one for one in Organisation.objects.filter(memberships__person=actor)}
        organisations = list({**known, **mine}.values())
        super().__init__(
            data, project=project, rows=rows, row_kwargs={"organisations": organisations}, **kwargs
        )

    def goals(self) -> list[Goal]:
        """The goals that somebody typed."""
        rows = [row.cleaned_data for row in self.kept()]
        return [
            Goal(row.get("organisation"), row.get("name", ""), row["brings"], row["wants"]) for row in rows
        ]
