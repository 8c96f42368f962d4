"""News from the work: whose it is, how long, and of which projects."""

from datetime import datetime
from uuid import uuid4

import pytest

from civic.core.errors import Conflict, Forbidden, Invalid
from projects.delivery.models import Update
from projects.delivery.operations import plans
from projects.delivery.operations.plans import LONGEST_NEWS
from projects.proposals.models import Project
from projects.proposals.states import PRIVATE, ProjectState
from tests.factories import accounts, delivery

pytestmark = pytest.mark.django_db


def post(project: Project, at: datetime, title: str = "Trees", text: str = "All forty") -> Update:
    return plans.post_update(
        actor=project.author, project=project, title=title, text=text, token=uuid4(), at=at
    )


@pytest.mark.parametrize(
    "words", [{"title": " "}, {"title": "x" * 121}, {"text": " "}, {"text": "x" * (LONGEST_NEWS + 1)}]
)
def test_news_have_a_title_and_a_text_of_bearable_length(words: dict[str, str], at: datetime) -> None:
    project = delivery.project()
    with pytest.raises(Invalid):
        post(project, at, **words)
    assert post(project, at, "x" * 120, "x" * LONGEST_NEWS)


@pytest.mark.parametrize("state", [*PRIVATE, ProjectState.CANCELLED, ProjectState.FAILED])
def test_there_is_no_news_of_what_is_not_public_or_over(state: str, at: datetime) -> None:
    with pytest.raises(Conflict):
        post(delivery.project(state), at)


def test_a_hidden_project_tells_nothing(at: datetime) -> None:
    with pytest.raises(Conflict):
        post(delivery.project(hidden_for="insult"), at)


def test_only_the_team_tells(at: datetime) -> None:
    for stranger in (accounts.person(), accounts.staff("programme-managers")):
        with pytest.raises(Forbidden):
            plans.post_update(
                actor=stranger, project=delivery.project(), title="x", text="y", token=uuid4(), at=at
            )
