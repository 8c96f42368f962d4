"""A step that people take on a page of its own (layouts/confirm.html): its words, its form, what its page shows."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.core.errors import Text
from civic.core.forms import RefusalsMixin, TextAreaField, present

LONGEST_REASON = 2000


class PlainForm(RefusalsMixin, forms.Form):
    """That it is meant."""


class WhyForm(RefusalsMixin, forms.Form):
    """Why, for the other side to read."""

    reason = TextAreaField(label=_("Your reason"), rows=4, max_length=LONGEST_REASON, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present(self, "reason", expected=True)


@dataclass(frozen=True)
class Step:
    """A button, the question of its page, what follows, and what is said afterwards."""

    button: Text
    question: Text
    follows: Text
    done: Text
    asks_reason: bool = False
    danger: bool = False

    def form(self, request: HttpRequest) -> PlainForm | WhyForm:
        """The form of its page, as it was sent or empty."""
        # A form without fields is empty data, which is none: whether it was sent, the method says.
        data = request.POST if request.method == "POST" else None
        return WhyForm(data) if self.asks_reason else PlainForm(data)

    def context(self, form: forms.Form) -> dict[str, Any]:
        """What its page shows."""
        return {"step": self, "form": form, "confirm": self.button, "danger": self.danger}
