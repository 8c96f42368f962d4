"""Questions of a collection: one of a few choices, or a whole number; and how coarse a column of a release is.

There is no free text: nobody could say beforehand whom it names. A question is stored as
`{"name", "label", "choices", "groups"}` or `{"name", "label", "low", "high"}`, a column as
`{"name", "role"}` with `width` (of a number's bands) or `groups` (of choices, by their coarser word).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import TextChoices
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.core.errors import Invalid

Question = dict[str, Any]
Column = dict[str, Any]
# The column of a release that says over how many people a row is.
PEOPLE = "people"
MOST, MOST_CHOICES, LONGEST, WIDEST = 12, 30, 80, 10**9
NUMBER = re.compile(r"(-?\d{1,9}) to (-?\d{1,9})", re.ASCII)
WIDTHS = (5, 10, 20, 50, 100, 1000)


class Role(TextChoices):
    """What a column is in a release."""

    QUASI = "quasi", gettext_lazy("others may know it of somebody")
    SENSITIVE = "sensitive", gettext_lazy("nobody should learn it of somebody")


def parse(text: str) -> list[Question]:
    """Questions, one a line: `How old are you?: 16 to 99`, `District: Old Town = Centre | Mill = Centre | Harbour`.

    Raises Invalid (questions).
    """
    questions = [_parsed(line) for line in text.splitlines() if line.strip()]
    names = [one["name"] for one in questions]
    if not 1 <= len(questions) <= MOST or len(set(names)) < len(names) or PEOPLE in names:
        _wrong(
            _("Ask between one and twelve questions, each by another name, and none by the name “people”.")
        )
    return questions


def _parsed(line: str) -> Question:
    label, colon, said = (part.strip() for part in line.rpartition(":"))
    name = slugify(label).replace("-", "_")[:40].strip("_")
    if not colon or not name or len(label) > LONGEST:
        _wrong(
            _("A question is a text of at most 80 characters, a colon, and its answers: “%(line)s”.")
            % {"line": line}
        )
    if found := NUMBER.fullmatch(said):
        low, high = int(found[1]), int(found[2])
        if low >= high:
            _wrong(_("The least number comes first: “%(line)s”.") % {"line": line})
        return {"name": name, "label": label, "low": low, "high": high}
    choices: list[str] = []
    groups: dict[str, str] = {}
    for one in said.split("|"):
        choice, equals, group = (part.strip() for part in one.partition("="))
        choices.append(choice)
        groups |= {choice: group} if equals else {}
    fine = all(0 < len(one) <= LONGEST for one in [*choices, *groups.values()])
    if not fine or not 2 <= len(set(choices)) == len(choices) <= MOST_CHOICES:
        _wrong(_("Between 2 and 30 answers, with | between them, or “0 to 99”: “%(line)s”.") % {"line": line})
    return {"name": name, "label": label, "choices": choices, "groups": groups}


def _wrong(words: str) -> None:
    raise Invalid(questions=words)


def checked(questions: Sequence[Question], values: Mapping[str, Any]) -> dict[str, str | int]:
    """An answer to each question. Raises Invalid by the name of the question."""
    said: dict[str, str | int] = {}
    for question in questions:
        name, value = question["name"], values.get(question["name"])
        if "choices" in question:
            if value not in question["choices"]:
                raise Invalid(**{name: _("Choose one of the answers.")})
            said[name] = str(value)
        else:
            if not isinstance(value, int) or not question["low"] <= value <= question["high"]:
                words = _("A whole number from %(low)s to %(high)s, please.") % question
                raise Invalid(**{name: words})
            said[name] = value
    return said


def in_words(question: Question, one: Column) -> str:
    """What leaves of an answer, and how coarse."""
    words = {"label": question["label"], "width": one.get("width", "")}
    if "width" in one:
        return _("%(label)s, in bands of %(width)s") % words
    said = dict.fromkeys(one.get("groups", {}).get(choice, choice) for choice in question["choices"])
    words["words"] = ", ".join(f"“{word}”" for word in said)
    return _("%(label)s, as one of %(words)s") % words


def column(question: Question, role: str, step: str) -> Column:
    """A column of a release; `step` is `exact` or `groups` of choices, the width of its bands of a number.

    Raises Invalid (columns).
    """
    made: Column = {"name": question["name"], "role": role}
    if role not in Role.values:
        raise Invalid(columns=_("Say of each column what it is."))
    if "low" in question:
        width = int(step) if step.isascii() and step.isdecimal() and len(step) < 10 else 0
        if width < 2:
            raise Invalid(columns=_("Numbers are released in bands: choose how wide they are."))
        return made | {"width": width}
    if step == "groups" and question["groups"]:
        return made | {"groups": question["groups"]}
    if step != "exact":
        raise Invalid(columns=_("Its answers have no coarser words."))
    return made
