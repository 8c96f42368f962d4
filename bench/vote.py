"""P4 and P5: what casting a ballot costs, and whether a hot project slows it down."""

import multiprocessing
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier
from time import perf_counter
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, override_settings
from django.urls import path, reverse

from bench.measure import Figure, at_least, at_most, side_by_side, statements
from civic import urls
from civic.accounts.models import Person
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from projects.calls.models import Call
from projects.voting import operations
from tests.factories import accounts, voting

CASTS = 300
ROUNDS = 3


def run() -> Iterator[Figure]:
    """Statements of a vote, its CPU beside a bare view, and throughput at 16 clients beside one."""
    call = voting.voting_call(10, 20, 30, ballot_max=3)
    data = {"choose": [str(key) for key in voting.choices(call, 1, 2)], "cast": "1"}
    address = reverse("voting:ballot", args=[call.slug])
    client = Client()
    client.force_login(accounts.person())
    client.post(address, data)
    yield at_most(
        "P4",
        "casting a ballot, the whole request",
        statements(lambda: client.post(address, data)),
        "statements",
        6,
    )
    yield _beside_bare(address, data)
    yield _hot_project(call)


def _beside_bare(address: str, data: dict[str, object]) -> Figure:
    """The whole request of a vote beside one whose view writes a row in one statement and does nothing else.

    Both go through the site's middleware with a signed-in session.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_bare (id bigserial PRIMARY KEY, said text)")
    client = Client()
    client.force_login(accounts.person())
    works = {"vote": lambda: client.post(address, data), "bare": lambda: client.post("/bare/", data)}
    with override_settings(ROOT_URLCONF=(path("bare/", _bare), *urls.urlpatterns)):
        used = side_by_side(works, times=100)
    return at_most(
        "P5", "CPU of a vote ÷ a bare one-statement view", used["vote"] / used["bare"], "×", 2, "bare"
    )


@access(SIGNED_IN)
def _bare(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (said) VALUES (%s)", [request.POST["cast"]])
    return HttpResponseRedirect("/")


def _hot_project(call: Call) -> Figure:
    """Everybody votes for the same project. Throughput of 16 clients ÷ of one, the better of each over rounds."""
    choice = voting.choices(call, 1)
    best = {1: 0.0, 16: 0.0}
    for turn in range(ROUNDS):
        for clients in sorted(best, reverse=bool(turn % 2)):
            best[clients] = max(best[clients], _throughput(call, choice, clients))
    return at_least("P5", "ballots into one hot project, 16 clients ÷ 1", best[16] / best[1], "×", 1.0)


def _throughput(call: Call, choice: dict[UUID, int], clients: int) -> float:
    """Ballots a second. Clients are processes, as web workers are: threads would wait for one interpreter."""
    people = accounts.people(CASTS)
    fork = multiprocessing.get_context("fork")
    ready = fork.Barrier(clients + 1)
    groups = [people[start::clients] for start in range(clients)]
    workers = [fork.Process(target=_cast_all, args=(call.slug, choice, group, ready)) for group in groups]
    # A forked connection would be shared: each client opens its own.
    connection.close()
    for worker in workers:
        worker.start()
    ready.wait()
    began = perf_counter()
    for worker in workers:
        worker.join()
    return CASTS / (perf_counter() - began)


def _cast_all(slug: str, choice: dict[UUID, int], people: list[Person], ready: Barrier) -> None:
    connection.ensure_connection()
    ready.wait()
    for person in people:
        operations.cast_ballot(actor=person, slug=slug, choices=choice, at=clock.now())
