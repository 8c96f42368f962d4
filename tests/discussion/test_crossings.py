"""What hiding, restoring and cancelling do in each state of a project, and moderation in each state of a comment.

A cell says what a stranger's browser gets afterwards, or what came of the verb: `DONE`, or the error that refuses.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from civic.accounts import operations as account_operations
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from projects.discussion.models import Comment, ModerationCase
from projects.discussion.operations import moderation
from projects.discussion.operations.comments import delete_comment
from projects.discussion.rules import Category
from projects.proposals import operations as project_operations
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, discussion, proposals

pytestmark = pytest.mark.django_db

DONE, ILLEGAL = "done", IllegalTransition
SHOWN, GONE, UNKNOWN = 200, 410, 404
P = ProjectState


def came_of(verb: Callable[[], object]) -> Any:
    """`DONE`, or the kind of the refusal."""
    try:
        verb()
    except (Conflict, Forbidden, Invalid) as refusal:
        return type(refusal)
    return DONE


def hide(thing: Comment | Project, at: datetime) -> ModerationCase:
    moderation.report(actor=accounts.person(), thing=thing, category=Category.SPAM, text="", at=at)
    case = ModerationCase.objects.latest("created_at")
    moderation.hide(actor=discussion.moderator(), case=case, category=Category.SPAM, facts="An ad", at=at)
    return case


def restore(case: ModerationCase, at: datetime) -> None:
    thing: Any = case.comment or case.project
    moderation.appeal(actor=thing.author, case=case, text="It is none", at=at)
    moderation.decide(actor=discussion.moderator(), case=case, verb="overturn", facts="Right", at=at)


def cancel(project: Project, at: datetime) -> None:
    manager = accounts.staff("programme-managers")
    project_operations.cancel(actor=manager, project=project, reason="The land was sold", at=at)


def seen(project: Project) -> int:
    return Client().get(project.get_absolute_url()).status_code


# What a stranger gets of a project: as it is, hidden, and restored again; then whether it can be cancelled, and what a
# stranger gets of it cancelled, and hidden after that.
PROJECTS: dict[str, tuple[int, int, int, Any, int, int]] = {
    P.DRAFT: (UNKNOWN, UNKNOWN, UNKNOWN, DONE, UNKNOWN, UNKNOWN),
    P.SUBMITTED: (UNKNOWN, UNKNOWN, UNKNOWN, DONE, UNKNOWN, UNKNOWN),
    P.RETURNED: (UNKNOWN, UNKNOWN, UNKNOWN, DONE, UNKNOWN, UNKNOWN),
    P.REJECTED: (UNKNOWN, UNKNOWN, UNKNOWN, ILLEGAL, UNKNOWN, UNKNOWN),
    P.OPEN: (SHOWN, GONE, SHOWN, DONE, SHOWN, GONE),
    P.SHORTLISTED: (SHOWN, GONE, SHOWN, DONE, SHOWN, GONE),
    P.UNFUNDED: (SHOWN, GONE, SHOWN, ILLEGAL, SHOWN, GONE),
    P.FUNDING: (SHOWN, GONE, SHOWN, DONE, SHOWN, GONE),
    P.FUNDED: (SHOWN, GONE, SHOWN, DONE, SHOWN, GONE),
    P.DELIVERING: (SHOWN, GONE, SHOWN, ILLEGAL, SHOWN, GONE),
    P.COMPLETED: (SHOWN, GONE, SHOWN, ILLEGAL, SHOWN, GONE),
    P.EVALUATED: (SHOWN, GONE, SHOWN, ILLEGAL, SHOWN, GONE),
    P.CANCELLED: (SHOWN, GONE, SHOWN, ILLEGAL, SHOWN, GONE),
    P.FAILED: (SHOWN, GONE, SHOWN, ILLEGAL, SHOWN, GONE),
}


@pytest.mark.parametrize("state", P)
def test_hiding_restoring_and_cancelling_in_each_state_of_a_project(state: str, at: datetime) -> None:
    project = proposals.project(state=state)
    before = seen(project)
    case = hide(project, at)
    hidden = seen(project)
    restore(case, at)
    restored = seen(project)
    cancelled = came_of(lambda: cancel(project, at))
    ended = seen(project)
    hide(project, at)
    assert (before, hidden, restored, cancelled, ended, seen(project)) == PROJECTS[state]


@pytest.mark.parametrize("state", P)
def test_a_project_is_cancelled_hidden_as_it_is_shown(state: str, at: datetime) -> None:
    """Hiding neither keeps it from its end, nor shows it at its end; restored it is what it would have been."""
    project = proposals.project(state=state)
    case = hide(project, at)
    hidden = seen(project)
    assert came_of(lambda: cancel(project, at)) == PROJECTS[state][3]
    assert seen(project) == hidden
    restore(case, at)
    assert seen(project) == PROJECTS[state][4]


def take_back(comment: Comment, at: datetime) -> None:
    delete_comment(actor=comment.author, comment=comment, at=at)


def erase_author(comment: Comment, at: datetime) -> None:
    account_operations.erase_person(person=comment.author, at=at)


# What became of a comment, or of its project, after it was reported.
NEIGHBOURS: dict[str, Callable[[Comment, datetime], object]] = {
    "stands": lambda comment, at: None,
    "taken back": take_back,
    "author erased": erase_author,
    "project cancelled": lambda comment, at: cancel(comment.project, at),
    "project hidden": lambda comment, at: hide(comment.project, at),
}
ALWAYS = dict.fromkeys(NEIGHBOURS, DONE)
COMMENTS: dict[str, dict[str, Any]] = {
    "report": {**ALWAYS, "taken back": Conflict},
    "hide": ALWAYS,
    "keep": ALWAYS,
    "edit": {**ALWAYS, "taken back": Invalid},
    # Nobody takes back what a moderator has hidden.
    "overturn": {**ALWAYS, "taken back": Forbidden},
    "uphold": {**ALWAYS, "taken back": Forbidden},
}


def act(verb: str, comment: Comment, case: ModerationCase, at: datetime) -> None:
    moderator = discussion.moderator()
    if verb == "report":
        moderation.report(actor=accounts.person(), thing=comment, category=Category.SPAM, text="", at=at)
    else:
        text = "It is nice." if verb == "edit" else ""
        moderation.decide(
            actor=moderator, case=case, verb=verb, facts="Seen", category=Category.SPAM, text=text, at=at
        )


@pytest.mark.parametrize("neighbour", NEIGHBOURS)
@pytest.mark.parametrize("verb", COMMENTS)
def test_moderation_in_each_state_of_a_comment(verb: str, neighbour: str, at: datetime) -> None:
    comment = discussion.comment()
    if verb in ("overturn", "uphold"):
        case = hide(comment, at)
        moderation.appeal(actor=comment.author, case=case, text="It is none", at=at)
    else:
        case = discussion.case(comment, at=at)

    def meanwhile() -> None:
        NEIGHBOURS[neighbour](comment, at)
        comment.refresh_from_db()
        case.refresh_from_db()
        act(verb, comment, case, at)

    assert came_of(meanwhile) == COMMENTS[verb][neighbour]
    comment.refresh_from_db()
    refused = COMMENTS[verb][neighbour] == Forbidden
    hidden = verb in ("hide", "uphold") or refused
    assert bool(comment.hidden_for) == hidden
    assert comment.is_shown == (not hidden and neighbour != "taken back")
