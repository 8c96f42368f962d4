"""Notification preferences: one row a category."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core.forms import RefusalsMixin
from civic.notifications import operations, queries
from civic.notifications.types import Category, Frequency


class WishForm(RefusalsMixin, forms.Form):
    """One category: on the site or not, and how soon by email."""

    on_site = forms.BooleanField(label=_("Show on the site"), required=False)
    frequency = forms.ChoiceField(label=_("By email"), choices=Frequency.choices)

    def __init__(self, category: Category, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"prefix": category.slug})
        self.category = category

    def save(self, actor: Person) -> None:
        """Keeps the wish; refusals land on the form."""
        wish = self.cleaned_data
        with self.refusals():
            frequency = Frequency(wish["frequency"])
            operations.prefer(
                actor=actor, category=self.category, on_site=wish["on_site"], frequency=frequency
            )


def wish_forms(person: Person, data: Any = None) -> list[WishForm]:
    """A form for every category that the person may switch."""
    return [
        WishForm(category, data, initial={"on_site": on_site, "frequency": frequency})
        for category, on_site, frequency in queries.wishes(person)
        if not category.mandatory
    ]
