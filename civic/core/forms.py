"""How forms are rendered here, and how an operation's refusal lands on the field it is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django import forms
from django.forms.renderers import TemplatesSetting

from civic.core.errors import Invalid, Refused

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
