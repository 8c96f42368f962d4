"""What people write about a project, field by field, and where each field goes.

The wizard, `operations.describe`, revisions, the API, the CSV, a person's export, the page and the desk all read this
table; docs/howto/field.md says how to add to it.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Needed(Enum):
    """When a text must be there. What is needed for a review also stands in `readiness`."""

    AT_ONCE = 1
    FOR_REVIEW = 2
    NEVER = 3


class OpenData(Enum):
    """Where the API has it."""

    LISTS = "lists, CSV and the project alone"
    ALONE = "the project alone"
    NO = "nowhere"


@dataclass(frozen=True)
class ProjectField:
    """A column of `Project` that its team writes; `label` names it in the history of changes."""

    name: str
    label: str | Promise
    step: str  # the wizard's step that asks for it
    rows: int = 0  # height of the wizard's text input; 0: the step's form declares the input itself
    needed: Needed = Needed.NEVER
    question: str | Promise = ""  # label of the input, where it is another
    help: str | Promise = ""
    revised: bool = True  # kept in each revision, compared in the history of changes
    open_data: OpenData = OpenData.ALONE
    personal: bool = True  # in what a person takes along of their projects
    section: bool = (
        True  # on the page under its label, after the story; False: the page has a place of its own
    )
    searched: bool = False  # found by the search, whose SQL lists the columns: see docs/howto/field.md


FIELDS = (
    ProjectField(
        "title",
        _("Title"),
        step="idea",
        rows=1,
        needed=Needed.AT_ONCE,
        open_data=OpenData.LISTS,
        section=False,
        searched=True,
    ),
    ProjectField(
        "pitch",
        _("Pitch"),
        step="idea",
        rows=2,
        needed=Needed.FOR_REVIEW,
        question=_("Pitch in one sentence"),
        help=_("Who gets what, and what will be different? This sentence stands on every card."),
        open_data=OpenData.LISTS,
        section=False,
        searched=True,
    ),
    ProjectField(
        "story",
        _("Story"),
        step="story",
        rows=16,
        needed=Needed.FOR_REVIEW,
        help=_("Leave an empty line between paragraphs. Begin a line with “- ” for a list."),
        section=False,
        searched=True,
    ),
    ProjectField("theme", _("Theme"), step="idea", open_data=OpenData.LISTS, section=False),
    ProjectField(
        "area", _("District"), step="place", open_data=OpenData.LISTS, personal=False, section=False
    ),
    ProjectField(
        "place",
        _("Place"),
        step="place",
        rows=1,
        question=_("Place in words"),
        help=_("A street, a building, a square: what a neighbour would say."),
        open_data=OpenData.LISTS,
        section=False,
        searched=True,
    ),
    # A revision keeps both coordinates together, as `point`.
    ProjectField(
        "latitude", _("Latitude"), step="place", revised=False, open_data=OpenData.LISTS, section=False
    ),
    ProjectField(
        "longitude", _("Longitude"), step="place", revised=False, open_data=OpenData.LISTS, section=False
    ),
    ProjectField(
        "organisation",
        _("On behalf of"),
        step="idea",
        revised=False,
        open_data=OpenData.NO,
        personal=False,
        section=False,
    ),
)


def names(**wanted: Any) -> tuple[str, ...]:
    """Names of the fields that are declared like this, such as `names(step="idea")`."""
    return tuple(
        field.name
        for field in FIELDS
        if all(getattr(field, attribute) == value for attribute, value in wanted.items())
    )


def sections(project: Any) -> list[tuple[str | Promise, str]]:
    """Label and text of what the page shows after the story; without those that are empty."""
    texts = [(field.label, _shown(project, field.name)) for field in FIELDS if field.section]
    return [(label, text) for label, text in texts if text]


def _shown(project: Any, name: str) -> str:
    """What stands in the column; of a choice its words, not its code."""
    display = getattr(project, f"get_{name}_display", None)
    text = display() if display else getattr(project, name)
    return "" if text is None else str(text)
