"""How forms are rendered here, and how an operation's refusal lands on the field it is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from civic.core.errors import Invalid, Refused
from civic.core.money import Money

if TYPE_CHECKING:
    Base = forms.BaseForm
else:
    Base = object


class Renderer(TemplatesSetting):
    """Fields by the project's own component; widgets by Django's templates unless we have our own."""

    field_template_name = "components/field.html"


class RefusalsMixin(Base):
    """For forms whose view calls one operation: `with form.refusals(): operations.submit(…)`."""

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


class AmountField(forms.Field):
    """An amount typed in major units (`1 250.50`) for a column that keeps minor units of `currency`."""

    def __init__(self, *, currency: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 24}))
        super().__init__(**kwargs)
        self.currency = currency or settings.CURRENCY

    def to_python(self, value: Any) -> int | None:
        """Minor units; None where nothing was typed."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return Money.parse(text, self.currency).minor
        except ValueError:
            raise ValidationError(_("Enter an amount such as 1250 or 1250.50."), code="amount") from None

    def prepare_value(self, value: Any) -> Any:
        """The amount as it is typed; what somebody typed wrongly stays as it is."""
        return str(Money(value, self.currency).major) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares amounts, not spellings."""
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True
