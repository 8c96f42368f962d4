"""What people fill in: a need, a gift, an offer, a delivery."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Area, Organisation
from civic.core.forms import DayField, RefusalsMixin, TextAreaField, field, present
from civic.core.money import Money
from datasets.catalogue.models import Dataset, Revision
from datasets.catalogue.models.dataset import writing
from marketplace.exchange.models import DataNeed, Offer
from marketplace.exchange.operations.gifts import SAME_WISH
from marketplace.exchange.operations.needs import MOST_COLUMNS, TYPES, Terms
from marketplace.payments import providers
from projects.delivery.models import Milestone
from projects.proposals.models import Project


class NeedForm(RefusalsMixin, forms.Form):
    """What a project needs, and what its checks ask of the data."""

    title = forms.CharField(label=_("Which data?"), max_length=120)
    description = TextAreaField(
        label=_("What is it for?"),
        rows=6,
        max_length=4000,
        help_text=_("And what it has to hold, in your words."),
    )
    columns = TextAreaField(
        label=_("Columns that it must have"),
        rows=5,
        max_length=MOST_COLUMNS * 130,
        required=False,
        help_text=_(
            "One a line: the name, and after a colon its type where it matters, such as “planted: date”."
        ),
    )
    area = forms.ModelChoiceField(
        Area.objects.all(), label=_("Which area must it cover?"), required=False, empty_label=_("Any")
    )
    first_day = DayField(label=_("From which day on?"), required=False)
    last_day = DayField(label=_("Until which day?"), required=False)
    fresh_days = forms.IntegerField(
        label=_("How many days old may it be?"), min_value=0, max_value=36500, required=False
    )
    deadline = DayField(
        label=_("By when?"), help_text=_("Not delivered by then, everybody gets the money back.")
    )
    milestone = forms.ModelChoiceField(
        Milestone.objects.none(), label=_("For which milestone?"), required=False, empty_label=_("None")
    )

    def __init__(self, project: Project, data: Any = None, *, need: DataNeed | None = None) -> None:
        super().__init__(data, initial=_said(need) if need else None)
        field(self, "milestone", forms.ModelChoiceField).queryset = Milestone.objects.filter(project=project)
        for name in ("columns", "fresh_days"):
            present(self, name, expected=True)

    def clean_columns(self) -> list[tuple[str, str]]:
        """Pairs of a name and a type."""
        lines = [line.strip() for line in self.cleaned_data["columns"].splitlines() if line.strip()]
        found = []
        for line in lines:
            name, colon, kind = line.rpartition(":")
            known = bool(colon) and kind.strip() in TYPES
            found.append((name.strip(), kind.strip()) if known else (line, ""))
        return found

    def terms(self) -> Terms:
        """As the operation takes it."""
        return Terms(**self.cleaned_data)


def _said(need: DataNeed) -> dict[str, Any]:
    lines = [f"{one['name']}: {one['type']}" if one["type"] else one["name"] for one in need.columns]
    names = ("title", "description", "area", "first_day", "last_day", "fresh_days", "deadline", "milestone")
    return {name: getattr(need, name) for name in names} | {"columns": "\n".join(lines)}


class GiftForm(RefusalsMixin, forms.Form):
    """What somebody adds to a bounty. The token makes a double click one gift."""

    amount = forms.CharField(label=_("How much?"), max_length=20)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In whose name?"), required=False, empty_label=_("My own")
    )
    provider = forms.ChoiceField(label=_("How do you want to pay?"), widget=forms.RadioSelect)
    anonymous = forms.BooleanField(
        label=_("Do not show my name"),
        required=False,
        help_text=_(
            "The city's finance officers see it. Amount and moment stand in the public ledger without it."
        ),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, need: DataNeed, actor: Any, nameless: bool | None, data: Any = None) -> None:
        super().__init__(data, initial={"token": uuid4(), "anonymous": bool(nameless)})
        self.need = need
        mine = Organisation.objects.filter(pk__in=writing(actor).values("organisation")).order_by("name")
        field(self, "organisation", forms.ModelChoiceField).queryset = mine
        if not mine:
            del self.fields["organisation"]
        known = providers.taking(need.book, need.currency)
        field(self, "provider", forms.ChoiceField).choices = [(one.name, one.label) for one in known]
        present(self, "provider", cards=True)
        if nameless is not None:
            self.fields["anonymous"].help_text = SAME_WISH
        self.fields["amount"].widget.attrs["inputmode"] = "decimal"
        if known:
            self.initial["provider"] = known[0].name

    def clean_amount(self) -> Money:
        """An amount as people type it."""
        try:
            return Money.parse(self.cleaned_data["amount"], self.need.currency)
        except ValueError as error:
            raise forms.ValidationError(_("Write an amount, like 25 or 12.50.")) from error


class OfferForm(RefusalsMixin, forms.Form):
    """Which dataset an organisation offers, and for what."""

    dataset = forms.ModelChoiceField(
        Dataset.objects.none(),
        label=_("Which dataset?"),
        empty_label=None,
        help_text=_("One that your organisation publishes here; it may be a draft until you deliver."),
    )
    kind = forms.ChoiceField(label=_("In return for"), choices=Offer.Kind.choices, widget=forms.RadioSelect)
    valuation = forms.CharField(
        label=_("What do you want in return?"),
        max_length=300,
        required=False,
        help_text=_(
            "Only for a service or something else. It is agreed between you, and is no money of the city."
        ),
    )
    estimate = forms.IntegerField(
        label=_("Worth about how much?"), min_value=0, max_value=10_000_000, required=False
    )
    note = TextAreaField(label=_("Note"), rows=4, max_length=2000, required=False)

    def __init__(self, need: DataNeed, actor: Any, data: Any = None) -> None:
        super().__init__(data, initial={"kind": Offer.Kind.BOUNTY})
        mine = (
            Dataset.objects.written_by(actor)
            .exclude(state="withdrawn")
            .filter(harvested_from=None, source="")
        )
        field(self, "dataset", forms.ModelChoiceField).queryset = mine.select_related("publisher")
        present(self, "kind", cards=True)
        present(self, "estimate", unit=need.currency, expected=True)
        present(self, "valuation", expected=True)

    def said(self) -> dict[str, Any]:
        """As the operation takes it."""
        return {**self.cleaned_data, "organisation": self.cleaned_data["dataset"].publisher}


class DeliveryForm(RefusalsMixin, forms.Form):
    """Which revision is delivered."""

    revision = forms.ModelChoiceField(Revision.objects.none(), label=_("Which revision?"), empty_label=None)

    def __init__(self, offer: Offer, data: Any = None) -> None:
        super().__init__(data)
        found = (
            Revision.objects.filter(dataset=offer.dataset_id).select_related("dataset").order_by("-number")
        )
        field(self, "revision", forms.ModelChoiceField).queryset = found
