"""P1, P2 and P4 for projects: statements of the public pages, their CPU as the projects grow, and support."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.test import Client

from bench.measure import Figure, at_most, cpu, growth, sized, statements
from civic.accounts.models import Person
from civic.core import clock
from projects.calls.models import Call
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, calls

SIZES = sized((1_000, 10_000, 100_000), (10, 20, 40))
TIMES = sized(12, 1)
BATCH = 5_000
SEARCH = "?q=bicylce"
# In one story of a hundred, and in every story: no title is like them.
SEARCH_STORIES = {"rare": "?q=gasometer", "in all": "?q=swifts"}
STORY = "Every spring the swifts come back, and people stop to watch them. {more} " * 20

# What readers do, with the floor that QUALITY gives; a search reads an index whose hits grow with the projects.
LISTS = {
    "newest": "",
    "one theme": "?theme=green",
    "one call": "?call=",
    "most supported": "?sort=supported",
    "ending soon": "?sort=ending",
    "map": "?view=map",
}
THINGS = (
    "bicycle workshop",
    "rain garden",
    "open kitchen",
    "reading room",
    "tool library",
    "school street",
    "bee hotel",
)
THEMES = ("green", "mobility", "climate", "culture", "youth", "health")


def run() -> Iterator[Figure]:
    """Fills the database to each size, and asks for each page."""
    running = [calls.call(at=clock.now() + timedelta(days=days)) for days in range(4)]
    person = accounts.person()
    costs: dict[str, list[float]] = {name: [] for name in LISTS}
    found: list[float] = []
    told: dict[str, list[float]] = {name: [] for name in SEARCH_STORIES}
    for size in SIZES:
        fill(running, size)
        for name, query in LISTS.items():
            costs[name].append(
                asked(f"/projects/{query}{running[0].slug if query.endswith('call=') else ''}")
            )
        found.append(asked(f"/projects/{SEARCH}"))
        for name, query in SEARCH_STORIES.items():
            told[name].append(asked(f"/projects/{query}"))
    yield from counts(person)
    for name, taken in costs.items():
        words = (
            f"list, {name}: growth of CPU, {' → '.join(f'{cost:.0f}' for cost in taken)} ms at 1 k → 100 k"
        )
        yield at_most("P2", words, growth(SIZES, taken), "exponent", 0.1)
    searches = {"with a typo": found} | {f"of stories, {name}": cost for name, cost in told.items()}
    for what, taken in searches.items():
        words = f"search {what}: CPU, {' → '.join(f'{cost:.0f}' for cost in taken)} ms at 1 k → 100 k"
        yield at_most("–", words, growth(SIZES, taken), "exponent", 1.0, "(an index scan)")


def counts(person: Person) -> Iterator[Figure]:
    """How many statements the pages and the support button send at the largest size."""
    project = Project.objects.listed().order_by("-id")[0]
    signed_in = Client()
    signed_in.force_login(person)
    peers = {"/projects/": "peer: 172-202", project.get_absolute_url(): "peer: 25"}
    for address, peer in peers.items():
        what = "list" if address == "/projects/" else "project"
        for client, who, floor in ((Client(), "anonymous", 8), (signed_in, "signed in", 14)):
            client.get(address)
            count = statements(lambda client=client, address=address: client.get(address))
            yield at_most("P1", f"{what} page, {who}, at 100 k projects", count, "statements", floor, peer)
    address = f"{project.get_absolute_url()}support/"
    yield at_most(
        "P4",
        "support, the whole request",
        statements(lambda: signed_in.post(address)),
        "statements",
        6,
        "peer: 35",
    )


def asked(address: str) -> float:
    """CPU milliseconds of the page for a stranger, nothing cached."""
    client = Client()
    client.get(address)

    def once() -> None:
        cache.clear()
        assert client.get(address).status_code == 200

    return cpu(once, TIMES)


def fill(running: list[Call], size: int) -> None:
    """As many open projects as `size`, spread over calls and themes, some with supporters counted."""
    there = Project.objects.count()
    for start in range(there, size, BATCH):
        Project.objects.bulk_create(
            made(number, running) for number in range(start, min(size, start + BATCH))
        )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE proposals_supportcount SET supports = abs(hashtext(project_id::text)) % 500")
        cursor.execute("VACUUM ANALYZE proposals_project, proposals_supportcount")


def made(number: int, running: list[Call]) -> Project:
    """A project that reads a little differently from its neighbours."""
    return Project(
        call=running[number % len(running)],
        title=f"{THINGS[number % 7].capitalize()} {number}",
        slug=f"bench-{number}",
        story=STORY.format(
            more="They nest in the gasometer." if number % 100 == 0 else "They nest under roofs."
        ),
        pitch=f"A {THINGS[number % 7]} for street {number % 997}, run by its neighbours.",
        theme=THEMES[number % 6],
        place=f"Street {number % 997}",
        latitude="53.62",
        longitude="6.95",
        currency="EUR",
        cost_minor=1_000_00 + number,
        state=ProjectState.OPEN,
        opened_at=clock.now() - timedelta(minutes=number),
    )
