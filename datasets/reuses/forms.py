"""What people fill in about something that they have built."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.forms import RefusalsMixin, TextAreaField, field
from civic.core.ids import new_id
from datasets.catalogue.models import Dataset
from datasets.reuses import queries
from datasets.reuses.models import LONGEST_ADDRESS, LONGEST_TEXT, LONGEST_TITLE, MOST_DATASETS, Kind
from datasets.reuses.operations import Said

# The name in the address of a dataset's page, whole or alone.
OF_PAGE = re.compile(r"(?:^|/data/)([a-z0-9-]+)/?$")


class ReuseForm(RefusalsMixin, forms.Form):
    """Something that was built with a dataset. The token makes a double click one proposal."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices)
    title = forms.CharField(label=_("What is it called?"), max_length=LONGEST_TITLE)
    address = forms.URLField(
        label=_("Where is it?"),
        max_length=LONGEST_ADDRESS,
        assume_scheme="https",
        help_text=_("The whole address, with https://."),
        error_messages={"invalid": _("Give the whole address, such as https://example.org/map.")},
    )
    description = TextAreaField(
        label=_("What does it do with the data?"),
        rows=5,
        max_length=LONGEST_TEXT,
        help_text=_("Everybody reads this. Name nobody who has not agreed to it."),
    )
    others = TextAreaField(
        label=_("Other datasets of this site that it uses"),
        rows=3,
        max_length=MOST_DATASETS * 300,
        required=False,
        help_text=_("The addresses of their pages, one a line."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In whose name?"), required=False, empty_label=_("My own")
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, dataset: Dataset, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dataset = dataset
        self.initial.setdefault("token", new_id())
        mine = queries.acts_for(actor)
        field(self, "organisation", forms.ModelChoiceField).queryset = mine
        if not mine:
            del self.fields["organisation"]

    def clean_others(self) -> list[Dataset]:
        """The datasets behind the addresses. Raises ValidationError with the line that is none."""
        names = {}
        for line in filter(None, map(str.strip, self.cleaned_data["others"].splitlines())):
            found = OF_PAGE.search(line)
            names[found[1] if found else line] = line
        listed = {one.slug: one for one in Dataset.objects.listed().filter(slug__in=names)}
        for name, line in names.items():
            if name not in listed:
                words = _now("“%(line)s” is not the address of a dataset of this site.")
                raise forms.ValidationError(words % {"line": line[:80]})
        return [listed[name] for name in names if name != self.dataset.slug]

    def datasets(self) -> list[Dataset]:
        """All of them, the one of the page first."""
        return [self.dataset, *self.cleaned_data["others"]]

    def said(self) -> Said:
        """What was filled in, as the operation takes it."""
        names = ("kind", "title", "description", "address")
        words = {name: self.cleaned_data[name] for name in names}
        return Said(**words, organisation=self.cleaned_data.get("organisation"))
