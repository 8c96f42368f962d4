"""`make test`: every check of the project, and at the end what each kind of test cost in CPU.

FAST=1 runs the tests of what has changed, and of the rest a part (`tests.fast`). What a run cost also goes to
`.data/test-report.json`.
"""

import json
import os
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from civic.embedded.places import data_dir
from tests import costs
from tests.database import Databases

PYTHON = sys.executable
MANAGE = (PYTHON, "manage.py")
# What an operator makes; the example leaves them empty, and without them nothing starts.
SECRETS = ("SECRET_KEY", "REGISTRY_HMAC_KEY", "BALLOT_HMAC_KEY", "MFA_ENCRYPTION_KEY", "LEDGER_SIGNING_KEY")
EXAMPLE = Path(__file__).parent.parent / "deploy" / "example.env"


def production() -> dict[str, str]:
    """The example that operators start from, so that `check --deploy` judges what they get; nothing connects."""
    lines = [line for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines) | {name: secrets.token_urlsafe(48) for name in SECRETS}


@dataclass(frozen=True)
class Check:
    """One named command; `environment` adds to ours, `shown` lets its output through as it comes."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    shown: bool = False

    def run(self) -> bool:
        """Runs it, prints what it says when it fails, and returns whether it passed."""
        begin, spent = time.monotonic(), costs.waited_for()
        output = None if self.shown else subprocess.PIPE
        # Last: importing our packages has set it to the settings of development in this process.
        environment = {**ours(), "DJANGO_SETTINGS_MODULE": "civic.settings.test", **self.environment}
        done = subprocess.run(
            self.command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode and not self.shown:
            say(done.stdout.decode(errors="replace"))
        verdict = "passed" if done.returncode == 0 else "FAILED"
        cpu = costs.waited_for() - spent
        say(f"{verdict}  {self.name}  {time.monotonic() - begin:.1f} s, {cpu:.1f} s of CPU")
        return done.returncode == 0


CHECKS = (
    Check("formatting", (PYTHON, "-m", "ruff", "format", "--check")),
    Check("lint", (PYTHON, "-m", "ruff", "check")),
    Check("templates", (PYTHON, "-m", "djhtml", "--check", "--tabwidth", "2", "templates")),
    Check(
        "import contracts",
        (PYTHON, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-logo"),
    ),
    Check("dependencies", (PYTHON, "-m", "deptry", ".")),
    Check("scripts and styles", (str(Path(PYTHON).with_name("biome")), "lint", "--error-on-warnings")),
    Check("types", (PYTHON, "-m", "mypy")),
    Check("migrations", (*MANAGE, "makemigrations", "--check", "--dry-run")),
    Check("deployment", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), production()),
    # With next to nothing in it: whether each bench still runs to its end.
    Check("bench", (PYTHON, "-m", "bench", "--tiny")),
    Check("API document", (*MANAGE, "spectacular", "--validate", "--fail-on-warn", "--file", os.devnull)),
)
REPORT = data_dir() / "test-report.json"


def tests(server: int | None, *, fast: bool) -> Check:
    """All tests but those that a fast run leaves out, on two workers; what they cost is measured."""
    command = (PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadscope", "-q", *(("--fast",) if fast else ()))
    return Check("tests", command, {"TEST_SERVER": str(server or "")}, shown=True)


def ours() -> dict[str, str]:
    """Our environment, but Python keeps what it compiled: each of forty processes would compile the project again."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def report(server: int | None, checks: float, before: float) -> dict[str, float]:
    """CPU seconds of each kind of test and of all together; printed, too. `before`: what the server had spent."""
    measured = json.loads(costs.COSTS.read_text())
    spent = {"checks": checks, **measured["kinds"]}
    total = costs.waited_for() + costs.of_server(server) - before + measured["unwaited"]
    spent |= {"start and collection": total - sum(spent.values()), "together": total}
    for kind, seconds in spent.items():
        say(f"{seconds:8.1f} s of CPU  {kind}")
    if server is None:
        say("The database server is not on this machine: its CPU is not among these.")
    return {kind: round(seconds, 1) for kind, seconds in spent.items()}


def keep(spent: dict[str, float], *, fast: bool) -> None:
    """Writes down what the last whole or the last fast run cost, for the bench."""
    earlier = json.loads(REPORT.read_text()) if REPORT.exists() else {}
    run = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "cpu": spent}
    REPORT.write_text(json.dumps({**earlier, "fast" if fast else "whole": run}, indent=2))


def say(text: str) -> None:
    """One line, at once."""
    print(text, flush=True)


def main() -> int:
    """Runs all checks, also after one has failed, and returns the number of those that did."""
    begin, fast = time.monotonic(), bool(os.environ.get("FAST"))
    databases = Databases.of_this_run()
    server = databases.server()
    before = costs.of_server(server)
    failed = [check.name for check in CHECKS if not check.run()]
    checks = costs.waited_for()
    costs.COSTS.unlink(missing_ok=True)
    if not tests(server, fast=fast).run():
        failed.append("tests")
    spent = report(server, checks, before) if costs.COSTS.exists() else {}
    if not failed:
        keep(spent, fast=fast)
    verdict = f"failed: {', '.join(failed)}" if failed else "all passed"
    say(f"{len(CHECKS) + 1} checks in {time.monotonic() - begin:.0f} s, {verdict}")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
