"""The pages whose SQL is kept ask, for every viewer, thing and moment, what would be built for them alone."""

import itertools
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext
from guardian.shortcuts import assign_perm

from civic.accounts import me
from civic.accounts import queries as accounts_queries
from civic.accounts.models import Person
from civic.core import clock
from civic.core.panels import Panel
from projects.discussion import queries as discussions
from projects.proposals import project_page, queries
from projects.proposals.models import Project
from projects.proposals.queries import page
from projects.proposals.states import ProjectState
from tests.factories import accounts, campaigns, discussion, proposals
from tests.whole.scene import cast_of_roles
from tests.whole.test_statements import busy, full

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Themselves:
    """A kind of viewer whose stand-in is the viewer: what is built with it is built for them alone."""

    viewer: Any

    def stand_in(self, key: object) -> Any:
        return self.viewer


def asked(work: Any) -> tuple[str, list[dict[str, Any]]]:
    """The page's own statement (the longest that is sent), values and all, and what became of its rows."""
    with CaptureQueriesContext(connection) as captured:
        found = work()
    read = [{name: value for name, value in vars(one).items() if name != "_state"} for one in found]
    return max((str(one["sql"]) for one in captured), key=len), read


def viewers() -> list[Any]:
    """Somebody of every role, and several residents, whose ids must not be mixed up."""
    given = accounts.staff("moderators")
    assign_perm("calls.manage_call", given, proposals.project().call)
    people = [person or AnonymousUser() for person in cast_of_roles().values()]
    return [*people, given, *accounts.people(3)]


def test_the_project_page() -> None:
    rich = full(2)
    campaigns.active_pledge(campaigns.open_campaign(rich))
    projects = [rich, *(proposals.project(state=state) for state in (ProjectState.OPEN, ProjectState.DRAFT))]
    member = rich.team.earliest("pk").person
    drafted = projects[-1].author
    columns = project_page.panels.columns()
    met = [(viewer, project) for viewer in (*viewers(), member, drafted) for project in projects]
    random.Random(6).shuffle(met)
    seen = 0
    for viewer, project in met:
        built = page._page(Themselves(viewer), columns, viewer=viewer.pk, slug=project.slug)
        fresh = asked(partial(list, built))
        assert asked(partial(shown, project.slug, viewer, columns)) == fresh
        seen += len(fresh[1])
    assert len(projects) < seen < len(met)


def shown(slug: str, viewer: Any, columns: Any) -> list[Project]:
    try:
        return [queries.project_page(slug, viewer, columns)]
    except Project.DoesNotExist:
        return []


def test_ones_own_page() -> None:
    people = [person for person in [*viewers(), busy(1)] if person.is_authenticated]
    begin, columns = clock.now(), me.columns()
    met = [(person, begin + timedelta(hours=hours)) for person in people for hours in (0, 999)]
    random.Random(6).shuffle(met)
    for person, at in met:
        fresh = accounts_queries._own_page(Themselves(person), columns, viewer=person.pk, at=at)
        assert asked(partial(own, person, columns, at)) == asked(partial(list, fresh))


def own(person: Person, columns: Any, at: datetime) -> list[Person]:
    return [accounts_queries.own_page(person, columns, at)]


def test_the_comments_of_a_project() -> None:
    projects = proposals.project(), proposals.project()
    for project, opened in zip(projects, (3, 7), strict=True):
        discussion.comments(project, opened, replies=opened)
    for project in (*projects, *projects):
        for order, size in itertools.product(discussions.Order, (2, 5)):
            found = discussions.discussion(project, AnonymousUser(), clock.now(), order=order, size=size)
            built = discussions._first_openings(order.value, size, project=project.pk)
            here = list(built)[:size]
            assert [thread.comment for thread in found.threads] == here
            replies = discussions._first_replies(**{one.pk.hex: one.pk for one in here})
            assert [reply.comment for thread in found.threads for reply in thread.replies] == [
                reply for one in here for reply in replies if reply.thread_id == one.pk
            ]
            assert all(thread.replies for thread in found.threads)


def test_a_panel_that_is_registered_is_asked_for_and_one_that_is_gone_is_not() -> None:
    project, nobody = proposals.project(), AnonymousUser()
    panel = Panel(1, "more", "More", "", lambda *_: None, columns=lambda actor: {"more": Value(7)})
    with project_page.panels.temporarily(panel):
        found: Any = queries.project_page(project.slug, nobody, project_page.panels.columns())
        assert found.more == 7
    assert not hasattr(queries.project_page(project.slug, nobody, project_page.panels.columns()), "more")
