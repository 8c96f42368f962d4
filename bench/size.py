"""How much there is to read: production lines, the path from an operation to its commit, and what the tests cost."""

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from django.db import transaction

from bench.measure import TINY, Figure, Work, at_most, not_measured
from civic.core import clock
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations import closing
from tests.factories import accounts, campaigns, sponsors

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("civic", "projects", "marketplace", "datasets")
# The slices that a campaign is about, and who takes part in its end.
SLICES = tuple(
    str(ROOT / "marketplace" / name) for name in ("campaigns", "sponsorship", "matching", "payouts")
)
REPORT = ROOT / ".data" / "test-report.json"


def run() -> Iterator[Figure]:
    """Each against its floor."""
    yield at_most(
        "–", "production lines, neither blank nor comment, without migrations", _lines(), "lines", 40_000
    )
    for what, work, functions, files in ends_of_campaigns():
        met = entered(work)
        where = f"{what}, from its operation to the commit"
        yield at_most("–", where, len(met), "functions", functions)
        yield at_most("–", where, len({file for file, _name in met}), "files", files)
    if not TINY:
        yield from _tests()


def _lines() -> int:
    files = [
        file for name in PACKAGES for file in (ROOT / name).rglob("*.py") if "migrations" not in file.parts
    ]
    lines = [line.strip() for file in files for line in file.read_text().splitlines()]
    return sum(1 for line in lines if line and not line.startswith("#"))


def ends_of_campaigns() -> Iterator[tuple[str, Work, int, int]]:
    """What ends a campaign, with the most functions and files that somebody has to read for it."""
    closed, cancelled = _with_everything(), _with_everything()
    yield "closing a campaign", lambda: closing.close(campaign=closed, at=closed.ends_at), 20, 8
    who, at = accounts.staff("programme-managers"), clock.now()
    work = partial(closing.cancel_campaign, actor=who, campaign=cancelled, reason="Asked for.", at=at)
    yield "cancelling a campaign", work, 12, 6


def _with_everything() -> Campaign:
    """A campaign with pledges once and monthly, unfinished ones and a sponsor, before its end."""
    at = clock.now()
    campaign = sponsors.campaign(at=at, ends_at=at + timedelta(days=9))
    sponsors.contracted(campaign, at=at)
    for _ in range(3):
        campaigns.active_pledge(campaign)
    campaigns.active_pledge(campaign, frequency="monthly", months=6)
    campaigns.pledge(campaign, state="started")
    return campaign


def entered(work: Work) -> set[tuple[str, str]]:
    """Different functions of SLICES, with their files, that one run of the operation enters until it commits.

    Counted are named functions and methods, whoever calls them; not what lambdas, comprehensions and class bodies
    do, nor payments, ledger, core, projects and libraries, nor handlers that run from their queue afterwards. It
    begins at the operation: the task or admin action that calls it is not in it. What is done is taken back.
    """
    met: set[tuple[str, str]] = set()

    def tracer(frame: FrameType, event: str, _arg: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(SLICES) and "<" not in code.co_name:
            met.add((code.co_filename, code.co_qualname))

    with transaction.atomic():
        sys.setprofile(tracer)
        try:
            work()
        finally:
            sys.setprofile(None)
        transaction.set_rollback(True)
    return met


def _tests() -> Iterator[Figure]:
    """What the last runs of `make test` cost in CPU, as they wrote down."""
    report = json.loads(REPORT.read_text()) if REPORT.exists() else {}
    for kind, command, floor in (("whole", "make test", 24), ("fast", "make test FAST=1", 4)):
        what = f"`{command}`, CPU of the tests and checks together"
        if kind in report:
            run = report[kind]
            yield at_most("P13", what, run["cpu"]["together"] / 60, "CPU min", floor, f"({run['at']})")
        else:
            yield not_measured("P13", what, "it has not run here")
