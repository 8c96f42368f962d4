"""P4 and P5: what casting a ballot costs, and whether a hot project slows it down."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from time import perf_counter
from urllib.parse import urlencode

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, override_settings
from django.urls import path, reverse
from django.utils.crypto import get_random_string

from bench.measure import Figure, at_least, at_most, side_by_side, sized, statements
from civic import urls
from civic.accounts.models import Person
from civic.core.access import SIGNED_IN, access
from civic.embedded.processes import wait_until
from projects.calls.models import Call
from tests.factories import accounts, voting

CASTS = sized(300, 16)
ROUNDS = sized(3, 1)


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
    data = {"choose": [str(key) for key in voting.choices(call, 1)], "cast": "1"}
    address = reverse("voting:ballot", args=[call.slug])
    best = {1: 0.0, 16: 0.0}
    with served() as port:
        for turn in range(ROUNDS):
            for clients in sorted(best, reverse=bool(turn % 2)):
                sessions = [Voter.of(person, port) for person in accounts.people(CASTS)]
                best[clients] = max(best[clients], _throughput(sessions, address, data, clients))
    return at_least("P5", "ballots into one hot project, 16 clients ÷ 1", best[16] / best[1], "×", 1.0)


def _throughput(voters: list["Voter"], address: str, data: dict[str, object], clients: int) -> float:
    """Ballots a second; each client sends its next request when the last one is answered."""
    began = perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for answer in pool.map(lambda voter: voter.post(address, data), voters):
            if answer != HTTPStatus.FOUND:
                raise RuntimeError(f"a ballot was answered with {answer}")
    return len(voters) / (perf_counter() - began)


@dataclass(frozen=True)
class Voter:
    """A person's session at the served site."""

    cookies: str
    token: str
    port: int

    @classmethod
    def of(cls, person: Person, port: int) -> "Voter":
        """Signs somebody in."""
        client = Client()
        client.force_login(person)
        token = get_random_string(32)
        return cls(f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}", token, port)

    def post(self, address: str, data: dict[str, object]) -> int:
        """Sends a form; returns the status of the answer."""
        body = urlencode({**data, "csrfmiddlewaretoken": self.token}, doseq=True)
        server = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        server.request("POST", address, body, headers)
        return server.getresponse().status


@contextmanager
def served() -> Iterator[int]:
    """The site on a port as the Procfile serves it: two web processes with eight threads each."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    options = f"--interface wsgi --host 127.0.0.1 --port {port} --workers 2 --blocking-threads 8 --no-log"
    command = [sys.executable, "-m", "granian", *options.split(), "civic.wsgi:application"]
    site = subprocess.Popen(command)
    try:
        wait_until(lambda: answers(port), 30)
        yield port
    finally:
        site.terminate()
        site.wait()


def answers(port: int) -> bool:
    """Whether the site is up."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
