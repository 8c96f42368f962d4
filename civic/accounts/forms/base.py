"""What all forms of this slice share."""

from collections.abc import Callable
from typing import Any

from django import forms

from civic.accounts.models import Area
from civic.core.forms import RefusalsMixin


class OperationForm(RefusalsMixin, forms.Form):
    """A form that one operation answers."""

    def accepted_by(self, operation: Callable[..., Any], **fixed: Any) -> bool:
        """Whether the form is right and the operation took it; a refusal lands on its field."""
        if not self.is_valid():
            return False
        with self.refusals():
            operation(**fixed, **self.arguments())
        return self.is_valid()

    def arguments(self) -> dict[str, Any]:
        """What the operation gets of the form."""
        return dict(self.cleaned_data)


def districts() -> Any:
    """Where somebody can live: the districts, or the city itself where it has none."""
    rows = Area.objects.exclude(parent=None)
    return rows if rows.exists() else Area.objects.all()
