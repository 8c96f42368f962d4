"""What the tests cost, by kind: CPU seconds of the workers, of the browsers and servers they start, and of PostgreSQL.

Tests of a kind run together, so that what the shared PostgreSQL spent meanwhile is theirs.
"""

import json
import os
import resource
import time
from collections import Counter
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

import psutil
import pytest

from civic.embedded.places import data_dir

KINDS = ("demo", "kills", "browser", "unit and database")
COSTS = data_dir() / "test-costs.json"
DEAREST = 30


def kind_of(test: pytest.Item | pytest.TestReport) -> str:
    """One of KINDS: by mark, and for what belongs to the demo by folder."""
    if "browser" in test.keywords:
        return "browser"
    if "slow_fault" in test.keywords:
        return "kills"
    return "demo" if test.nodeid.startswith("tests/demo/") else "unit and database"


def waited_for() -> float:
    """CPU seconds of the children that this process has waited for, and of theirs."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def living(processes: Iterable[psutil.Process]) -> float:
    """CPU seconds of these processes and of their children that have ended."""
    spent = 0.0
    for process in processes:
        try:
            spent += sum(process.cpu_times()[:4])
        except psutil.NoSuchProcess:
            continue
    return spent


def living_children() -> float:
    """CPU seconds of all that this process has started and that still lives."""
    return living(psutil.Process().children(recursive=True))


def of_server(pid: int | None) -> float:
    """CPU seconds of a PostgreSQL on this machine: of the server, its sessions, and those that have ended."""
    try:
        server = psutil.Process(pid) if pid else None
        return living([server, *server.children()]) if server else 0
    except psutil.NoSuchProcess:
        return 0


@dataclass(eq=False)  # plugins are told apart by identity
class Worker:
    """Where tests run: each report says what its phase cost, and what of that nobody has waited for."""

    own: float = field(default_factory=lambda: time.process_time() + waited_for())
    browsers: float = 0
    unwaited: float | None = None

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, nextitem: pytest.Item | None) -> Generator[None, None, None]:
        """After the last test, of whatever kind, the browser ends.

        Nobody waits for the parent of Chromium's pages, so that most of what pages cost is in no sum of the kernel.
        """
        before = living_children() + waited_for() if nextitem is None else None
        yield
        if before is not None:
            self.unwaited = max(0.0, before - living_children() - waited_for())

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """What lies between two phases belongs to the later one. Only browsers outlive their test."""
        report = yield
        own, browsers, unwaited = time.process_time() + waited_for(), self.browsers, self.unwaited or 0.0
        # What an ended browser cost is among what is waited for now: counted as living, too, it would count twice.
        if kind_of(item) == "browser" or self.unwaited is not None:
            browsers = living_children()
        spent = own - self.own + browsers - self.browsers + unwaited
        report.user_properties += [("cpu", spent), ("unwaited", unwaited)]
        self.own, self.browsers = own, browsers
        return report


@dataclass(eq=False)  # plugins are told apart by identity
class Together:
    """Where reports come together: adds them up by kind and by test, and writes the sums down at the end."""

    server: int | None
    kinds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(KINDS, 0.0))
    tests: Counter[str] = field(default_factory=Counter)
    unwaited: float = 0
    kind: str = ""
    before: float = field(init=False)
    looked: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.before = of_server(self.server)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """What the server did until now belongs to the kind of the last report, within a second."""
        kind, said = kind_of(report), dict(report.user_properties)
        self.kinds[kind] += said["cpu"]
        self.tests[report.nodeid] += said["cpu"]
        self.unwaited += said["unwaited"]
        # A look reads of every process of the machine: one a report, three a test, was 40 s of the CPU of a run.
        if kind != self.kind or time.monotonic() - self.looked > 1:
            self.look(kind)

    def look(self, kind: str) -> None:
        """Counts what the server did since the last look; what it does from now on is of this kind."""
        after = of_server(self.server)
        self.kinds[self.kind or kind] += after - self.before
        self.before, self.kind, self.looked = after, kind, time.monotonic()

    def pytest_sessionfinish(self) -> None:
        """For tests.run, which knows what the whole run cost."""
        self.look(self.kind)
        dearest = {test: round(seconds, 2) for test, seconds in self.tests.most_common(DEAREST)}
        COSTS.write_text(
            json.dumps({"kinds": self.kinds, "unwaited": self.unwaited, "dearest": dearest}, indent=2)
        )


def pytest_configure(config: pytest.Config) -> None:
    """Measures when tests.run asks for it: a process of xdist's either runs tests or collects their reports."""
    if "TEST_SERVER" not in os.environ:
        return
    collects = not hasattr(config, "workerinput")
    if not collects or config.option.dist == "no":
        config.pluginmanager.register(Worker())
    if collects:
        config.pluginmanager.register(Together(int(os.environ["TEST_SERVER"] or 0) or None))
