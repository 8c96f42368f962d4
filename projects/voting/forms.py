"""A ballot as a browser sends it, with or without JavaScript."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from civic.accounts.operations.residency import Facts
from civic.core import clock
from civic.core.forms import RefusalsMixin
from projects.calls.models import Call
from projects.proposals.models import Project

CHOOSE, VALUE = "choose", "value-"
MOST_FIELDS = 2_000


class BallotForm(RefusalsMixin, forms.Form):
    """Reads `choose=<project>` (approval, basket) and `value-<project>=<points or place>`.

    Which of them a call takes, and how many, is for the ballot box to say.
    """

    def clean(self) -> dict[str, Any]:
        """`choices`: {project id: value}."""
        cleaned = super().clean() or {}
        cleaned["choices"] = self._chosen() | self._valued()
        return cleaned

    @property
    def typed(self) -> Mapping[str, str]:
        """What was typed for each project, also where it is wrong."""
        return dict.fromkeys(self._ticked(), "1") | {
            name.removeprefix(VALUE): text for name, text in self._values()
        }

    def _ticked(self) -> list[str]:
        return self.data.getlist(CHOOSE) if isinstance(self.data, QueryDict) else []

    def _chosen(self) -> dict[UUID, int]:
        try:
            return {UUID(key): 1 for key in self._ticked()[:MOST_FIELDS]}
        except ValueError:
            self.add_error(None, _("A project you chose is no longer on the ballot. Look again."))
            return {}

    def _valued(self) -> dict[UUID, int]:
        values: dict[UUID, int] = {}
        for name, text in self._values():
            if not text.strip() or text.strip() == "0":
                continue
            try:
                values[UUID(name.removeprefix(VALUE))] = _whole(text)
            except ValueError:
                self.add_error(None, _("“%(text)s” is not a whole number from 1.") % {"text": text[:20]})
        return values

    def _values(self) -> list[tuple[str, str]]:
        return [(name, text) for name, text in self.data.items() if name.startswith(VALUE)][:MOST_FIELDS]


def _whole(text: str) -> int:
    number = text.strip()
    if not number.isdecimal() or len(number) > 9:
        raise ValueError(number)
    return int(number)


class ReceiptForm(forms.Form):
    """The code from a receipt, as somebody types it."""

    code = forms.CharField(
        label=_("Receipt code"),
        max_length=60,
        help_text=_("Sixteen letters and digits. Spaces, dashes and lower case do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class HandOutForm(RefusalsMixin, forms.Form):
    """Who stands at the desk, from their papers; only keyed marks of it are kept."""

    name = forms.CharField(
        label=_("Full name"), max_length=160, help_text=_("All names, as in the passport or identity card.")
    )
    born = forms.DateField(
        label=_("Date of birth"),
        help_text=_("For example 1984-07-31."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": "1890-01-01"}),
    )
    document = forms.CharField(label=_("Number of the document"), max_length=40)
    namesake = forms.BooleanField(
        label=_("Somebody else of this name and birth date has taken a paper already"), required=False
    )

    def clean_born(self) -> date:
        born: date = self.cleaned_data["born"]
        if not date(1890, 1, 1) <= born <= localdate(clock.now()):
            raise forms.ValidationError(_("Check the year; this date is not possible."))
        return born

    @property
    def facts(self) -> Facts:
        """What is known of the person; after `is_valid`."""
        data = self.cleaned_data
        return Facts(data["name"], data["born"], data["document"], namesake=data["namesake"])


class PaperForm(RefusalsMixin, forms.Form):
    """A paper ballot by ballot numbers: `3 7 12`; ranked the same, best first; with points `3=5 7=2`."""

    serial = forms.CharField(label=_("Number printed on the paper"), max_length=40)
    choices = forms.CharField(label=_("What the paper says"), max_length=2_000)

    def __init__(self, call: Call, projects: Iterable[Project], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.known = {project.ballot_number: project.pk for project in projects}
        self.fields["choices"].help_text = {
            Call.BallotKind.POINTS: _("Numbers with their points: 3=5 7=2"),
            Call.BallotKind.RANKING: _("Numbers in the voter’s order, best first: 7 3 12"),
        }.get(Call.BallotKind(call.ballot_kind), _("Numbers of the chosen projects: 3 7 12"))

    def clean_choices(self) -> dict[UUID, int]:
        """{project id: value}; raises ValidationError at the first word that is not understood."""
        choices: dict[UUID, int] = {}
        for place, word in enumerate(self.cleaned_data["choices"].replace(",", " ").split(), start=1):
            number, points = self._read(word, place)
            if number not in self.known:
                raise forms.ValidationError(
                    _("There is no number %(number)s on this ballot.") % {"number": number}
                )
            if self.known[number] in choices:
                raise forms.ValidationError(_("Number %(number)s stands there twice.") % {"number": number})
            choices[self.known[number]] = points
        return choices

    def _read(self, word: str, place: int) -> tuple[str, int]:
        if self.call.ballot_kind == Call.BallotKind.POINTS:
            number, _equals, points = word.partition("=")
            if not points.isdecimal() or len(points) > 9:
                raise forms.ValidationError(_("“%(word)s” is not number=points.") % {"word": word[:20]})
            return number, int(points)
        return word, place if self.call.ballot_kind == Call.BallotKind.RANKING else 1
