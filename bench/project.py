"""P1: what the panels of the project page cost in Python, and whether the page costs more in a city that has grown."""

from collections.abc import Callable, Iterator
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from bench.measure import (
    Figure,
    at_most,
    growth,
    noted,
    python_cpu,
    side_by_side,
    sized,
    statements,
)
from projects.proposals.models import Project
from projects.proposals.project_page import panels
from tests.factories import accounts, proposals
from tests.factories.growth import Growth, of_a_city
from tests.whole.test_growth import backed

TIMES = sized(25, 1)
COPIES = sized((30, 100, 300, 900), (1, 2))
SIGNED_IN = "signed in"


def run() -> Iterator[Figure]:
    """The ratios with and without panels side by side, then pages of projects with pledges and comments."""
    with transaction.atomic():
        opened, full = proposals.project(state="open", author=accounts.person()), backed(sized(6, 1))
    clients = {"anonymous": Client(), SIGNED_IN: Client()}
    clients[SIGNED_IN].force_login(accounts.person())
    for who, client in clients.items():
        ratio, costs = _ratio(client, opened)
        yield at_most(
            "P1", f"Python CPU of an open project's page ÷ without panels, {who}", ratio, "×", 2, costs
        )
        ratio, costs = _ratio(client, full)
        yield noted("P1", f"the same, twelve panels full of rows, {who}", ratio, "×", costs)
    yield from _grown(clients, full)


def _ratio(client: Client, project: Project) -> tuple[float, str]:
    """How many times the page without panels the page costs; both compiled already, as in a process that serves."""
    bare, whole = partial(_without_panels, client, project), partial(_get, client, project)
    works: dict[str, Callable[[], object]] = {"bare": bare, "whole": whole}
    for work in works.values():
        work()
    used = side_by_side(works, times=TIMES, cost=python_cpu)
    return used["whole"] / used["bare"], f"({used['whole']:.1f} and {used['bare']:.1f} ms)"


def _get(client: Client, project: Project) -> None:
    assert client.get(project.get_absolute_url()).status_code == 200


def _without_panels(client: Client, project: Project) -> None:
    with panels.temporarily(without=[panel.slug for panel in panels]):
        _get(client, project)


def _grown(clients: dict[str, Client], full: Project) -> Iterator[Figure]:
    """CPU and statements over a city that is copied with all its people, projects, pledges and comments."""
    city = Growth(of_a_city())
    costs: dict[str, list[float]] = {who: [] for who in clients}
    sizes, before = [], 0
    for copies in COPIES:
        with transaction.atomic():
            city.add(range(before + 1, copies + 1))
        sizes.append(Project.objects.count())
        before = copies
        works = {who: partial(_uncached, client, full) for who, client in clients.items()}
        for work in works.values():
            work()
        for who, used in side_by_side(works, times=TIMES).items():
            costs[who].append(used)
    for who, client in clients.items():
        taken = " → ".join(f"{cost:.0f}" for cost in costs[who])
        what = f"project page with pledges and comments, {who}: {taken} ms at {sizes[0]:,} → {sizes[-1]:,}"
        yield at_most("P1", what, growth(sizes, costs[who]), "exponent", 0.1)
        count = statements(partial(_get, client, full))
        floor = 8 if who == "anonymous" else 14
        yield at_most("P1", f"the same page at {sizes[-1]:,} projects, {who}", count, "statements", floor)


def _uncached(client: Client, project: Project) -> None:
    cache.clear()
    _get(client, project)
