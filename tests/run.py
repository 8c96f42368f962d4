"""`make test`: every check of the project, each named and timed, and one summary at the end."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field

PYTHON = sys.executable
MANAGE = (PYTHON, "manage.py")
# Enough to be a production site for `check --deploy`; nothing connects.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "civic.settings.production",
    "SECRET_KEY": "check-only-" + "x0Y1z2" * 10,
    "REGISTRY_HMAC_KEY": "check-only-registry",
    "BALLOT_HMAC_KEY": "check-only-ballot",
    "ALLOWED_HOSTS": "exchange.example",
    "SITE_URL": "https://exchange.example",
    "EMAIL_URL": "smtp://localhost",
    "DATABASE_URL": "postgres://nobody@localhost/nothing",
    "REDIS_URL": "redis://localhost:1",
}


@dataclass(frozen=True)
class Check:
    """One named command; `environment` adds to ours, `shown` lets its output through as it comes."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    shown: bool = False

    def run(self) -> bool:
        """Runs it, prints what it says when it fails, and returns whether it passed."""
        begin = time.monotonic()
        output = None if self.shown else subprocess.PIPE
        environment = {"DJANGO_SETTINGS_MODULE": "civic.settings.test", **os.environ, **self.environment}
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
        say(
            f"{'passed' if done.returncode == 0 else 'FAILED'}  {self.name}  {time.monotonic() - begin:.1f} s"
        )
        return done.returncode == 0


CHECKS = (
    Check("formatting", (PYTHON, "-m", "ruff", "format", "--check")),
    Check("lint", (PYTHON, "-m", "ruff", "check")),
    Check("templates", (PYTHON, "-m", "djhtml", "--check", "--tabwidth", "2", "templates")),
    Check(
        "import contracts",
        (PYTHON, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-logo"),
    ),
    Check("types", (PYTHON, "-m", "mypy")),
    Check(
        "migrations",
        (*MANAGE, "makemigrations", "--check", "--dry-run"),
        {"DATABASE_URL": PRODUCTION["DATABASE_URL"]},
    ),
    Check("deployment", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
    Check("API document", (*MANAGE, "spectacular", "--validate", "--fail-on-warn", "--file", os.devnull)),
    Check("tests", (PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-q"), shown=True),
)


def say(text: str) -> None:
    """One line, at once."""
    print(text, flush=True)


def main() -> int:
    """Runs all checks, also after one has failed, and returns the number of those that did."""
    begin = time.monotonic()
    failed = [check.name for check in CHECKS if not check.run()]
    verdict = f"failed: {', '.join(failed)}" if failed else "all passed"
    say(f"{len(CHECKS)} checks in {time.monotonic() - begin:.0f} s, {verdict}")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
