"""`make demo`: from nothing to a running city, in the foreground, and back to nothing with Ctrl-C."""

import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from civic.embedded import processes
from civic.embedded.errors import EmbeddedError
from civic.embedded.places import Place, place_of
from civic.embedded.postgres import Postgres
from civic.embedded.preparation import (
    MANAGE,
    collect_static,
    let_application_in,
    migrate,
    prepare_schema,
    set_aside_earlier,
)
from civic.embedded.supervisor import Stopped, Supervisor, say
from civic.embedded.valkey import Valkey

HOME_WITHIN = 120.0
WEB = (sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "8")
CELERY = (sys.executable, "-m", "celery", "--app", "civic")
# A worker that has no others to talk to starts and stops faster without the talk.
ALONE = ("--without-gossip", "--without-mingle", "--without-heartbeat")


def main() -> int:
    """Runs the demo until it is stopped (0) or something fails (1, with the reason in a few lines)."""
    if "--tied" in sys.argv:
        processes.tie(signal.SIGTERM, os.getppid())
    begin = time.monotonic()
    try:
        place = place_of()
        place.prepare()
        with _only_one(place), Supervisor(place.logs, _environment()) as supervisor:
            _start(supervisor, _prepare(supervisor, place))
            _welcome(supervisor, place, time.monotonic() - begin)
            supervisor.watch()
    except Stopped:
        say("Stopped. Nothing is left running; the data stay for the next start.")
    except EmbeddedError as error:
        say(f"\n{error}")
        return 1
    return 0


def _prepare(supervisor: Supervisor, place: Place) -> str:
    """Servers, unless others are configured; then the schema and the static files.

    Returns the database's address for the site: as the application's role, or as it is configured.
    """
    _check_port()
    postgres = Postgres(place)
    address = os.environ.get("DATABASE_URL")
    if address:
        _step("migrations", lambda: migrate(supervisor))
    else:
        _step("PostgreSQL", lambda: supervisor.serve(postgres))
        if aside := set_aside_earlier(postgres):
            say(f"  This city is of an earlier schema: it is kept in {aside}, and a new one is made.")
        _step("schema", lambda: prepare_schema(supervisor, postgres))
        address = let_application_in(postgres)
    if not os.environ.get("REDIS_URL"):
        _step("Valkey", lambda: supervisor.serve(Valkey(place)))
    _step("static files", lambda: collect_static(supervisor, place))
    return address


def _start(supervisor: Supervisor, address: str) -> None:
    """The city and the three processes of the site; the pages wake up while the city is made or looked after."""
    web = [*WEB, "--host", _host(), "--port", str(_port()), "civic.wsgi:application"]
    supervisor.start("web", web, DATABASE_URL=address)
    _step("demo city", lambda: supervisor.run("demo city", [*MANAGE, "demo_city"], show=True))
    _step("home page", lambda: _wait_for_home(supervisor))
    worker = [*CELERY, "worker", "--concurrency", "2", "--loglevel", "INFO", *ALONE]
    supervisor.start("worker", worker, DATABASE_URL=address)
    supervisor.start("beat", [*CELERY, "beat", "--loglevel", "WARNING", "--pidfile="], DATABASE_URL=address)


def _welcome(supervisor: Supervisor, place: Place, seconds: float) -> None:
    say(f"\nCivic Exchange is ready after {seconds:.0f} s:  {supervisor.environment['SITE_URL']}\n")
    supervisor.run("sign-ins", [*MANAGE, "demo_city", "--sign-ins"], show=True)
    say(f"\nLogs are in {place.logs}. Ctrl-C stops everything.")


def _step(name: str, work: Callable[[], str | None]) -> None:
    """Does one step and says what it was and how long it took."""
    say(f"  {name} …")
    begin = time.monotonic()
    word = work()
    say(f"  {name:<14}{time.monotonic() - begin:5.1f} s{f'  {word}' if word else ''}")


def _wait_for_home(supervisor: Supervisor) -> None:
    """Returns once the home page answers. Raises EmbeddedError when it fails or takes too long."""
    end = time.monotonic() + HOME_WITHIN
    while not _answers(f"http://{_host()}:{_port()}/"):
        supervisor.check()
        if time.monotonic() > end:
            raise EmbeddedError(f"the home page does not answer; see {supervisor.log('web')}")
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=30):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError as error:
        raise EmbeddedError(f"the home page answers {error.code}; see .data/logs/web.log") from error
    except OSError:
        return False


@contextmanager
def _only_one(place: Place) -> Iterator[None]:
    """Holds the data folder for this demo. Raises EmbeddedError when another one has it."""
    with (place.data / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EmbeddedError(
                f"A demo already runs on {place.data}: stop it, or set CIVIC_DATA_DIR and PORT"
            ) from None
        yield


def _check_port() -> None:
    """Raises EmbeddedError when somebody else listens on the port."""
    with socket.socket(socket.AF_INET6 if ":" in _host() else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_host(), _port()))
        except OSError as error:
            raise EmbeddedError(
                f"Port {_port()} cannot be used ({error.strerror}): try `make demo PORT={_port() + 1}`"
            ) from error


def _host() -> str:
    return os.environ.get("BIND") or "127.0.0.1"


def _port() -> int:
    port = os.environ.get("PORT") or "8000"
    if not (port.isdigit() and 0 < int(port) < 65536):
        raise EmbeddedError(f"PORT={port} is not a port number")
    return int(port)


def _environment() -> dict[str, str]:
    """For every process of the demo: the demo's settings, and its address in mails and links."""
    ours = {"DJANGO_SETTINGS_MODULE": "civic.settings.demo", "PYTHONUNBUFFERED": "1"}
    return {"SITE_URL": f"http://localhost:{_port()}", **os.environ, **ours}


if __name__ == "__main__":
    sys.exit(main())
