"""How somebody wants to be told: one row a stream."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core.forms import RefusalsMixin
from civic.notifications import operations, queries
from civic.notifications.kinds import Rhythm, Stream


class WishForm(RefusalsMixin, forms.Form):
    """One stream: on the site or not, and how soon by email."""

    on_site = forms.BooleanField(label=_("Show on the site"), required=False)
    rhythm = forms.ChoiceField(label=_("By email"), choices=Rhythm.choices)

    def __init__(self, stream: Stream, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"prefix": stream.slug})
        self.stream = stream

    def save(self, actor: Person) -> None:
        """Keeps the wish; refusals land on the form."""
        wish = self.cleaned_data
        with self.refusals():
            rhythm = Rhythm(wish["rhythm"])
            operations.prefer(actor=actor, stream=self.stream, on_site=wish["on_site"], rhythm=rhythm)


def wish_forms(person: Person, data: Any = None) -> list[WishForm]:
    """A form for every stream that the person may switch."""
    return [
        WishForm(stream, data, initial={"on_site": on_site, "rhythm": rhythm})
        for stream, on_site, rhythm in queries.wishes(person)
        if not stream.by_law
    ]
