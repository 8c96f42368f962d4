"""How forms are rendered here, and how an operation's refusal lands on the field it is about."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from civic.core.errors import Invalid, Refused

if TYPE_CHECKING:
    Base = forms.BaseForm
else:
    Base = object


Kind = TypeVar("Kind", bound=forms.Field)


class Look(TypedDict, total=False):
    """What components/field.html adds to a field: a sign before it or a unit after it, cards, words under choices."""

    affix: str
    unit: str
    expected: bool
    cards: bool
    choice_hints: Mapping[Any, Any]


def present(form: forms.BaseForm, name: str, **look: Unpack[Look]) -> None:
    """Says how a field of the form looks."""
    vars(form.fields[name]).update(look)


def field(form: forms.BaseForm, name: str, kind: type[Kind]) -> Kind:
    """A field of the form as what it is: `field(form, "area", ModelChoiceField).queryset = …`."""
    found = form.fields[name]
    if not isinstance(found, kind):
        raise TypeError(f"{name} is a {type(found).__name__}")
    return found


def typed(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What was sent with a form, valid or not, as people read it: labels, and choices by their words."""
    asked = [bound for bound in form if not bound.is_hidden]
    return [(str(bound.label), words) for bound in asked if (words := _in_words(bound))]


def _in_words(bound: forms.BoundField) -> str:
    sent = bound.data
    if isinstance(bound.field, forms.BooleanField):
        return _("yes") if sent else _("no")
    values = [str(value) for value in (sent if isinstance(sent, list) else [sent]) if value not in (None, "")]
    choices: list[tuple[Any, Any]] = list(flatten_choices(getattr(bound.field, "choices", ())))
    words = {str(key): str(label) for key, label in choices}
    return ", ".join(words.get(value, value) for value in values)


class TextAreaField(forms.CharField):
    """A text of several lines, of which the page shows so many `rows` at first."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar, which reads and writes ISO 8601."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Renderer(TemplatesSetting):
    """Fields by the project's own component; widgets by Django's templates unless we have our own."""

    field_template_name = "components/field.html"


class RefusalsMixin(Base):
    """For forms whose view calls one operation: `if form.accepted(lambda: operations.submit(…)): …`."""

    made: Any = None

    def accepted(self, operation: Callable[[], object]) -> bool:
        """Whether what was typed is valid and the operation took it; where it refused, the form says why.

        `made` is what the operation returned.
        """
        if self.is_valid():
            with self.refusals():
                self.made = operation()
        return self.is_valid()

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Puts a refusal on the form instead of raising it; afterwards ask `form.is_valid()` again."""
        try:
            yield
        except Invalid as error:
            if not error.fields:
                self.add_error(None, str(error.detail))
            for field, message in error.fields.items():
                self.add_error(field if field in self.fields else None, str(message))
        except Refused as error:
            self.add_error(None, str(error.detail))
