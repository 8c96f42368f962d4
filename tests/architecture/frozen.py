"""`make freeze`: the migrations and SQL files that there are stay as they are (docs/adr/0032-sql-is-code.md).

Appends those that the list does not have yet, with their SHA-256. The first time it also writes the fixture that
tests/embedded/test_frozen_schema.py migrates on: the schema of that day, with the rows of a small demo city in it.
"""

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("civic", "projects", "marketplace", "datasets")
LIST = Path(__file__).with_name("frozen.txt")
FIXTURE = ROOT / "tests" / "embedded" / "frozen.sql.gz"


def frozen() -> dict[str, str]:
    """Path and digest of each frozen file, in the order in which they froze."""
    return dict(line.split(maxsplit=1)[::-1] for line in LIST.read_text().splitlines())


def freezable() -> list[Path]:
    """Every migration and every SQL file of the exchange."""
    return sorted(
        file
        for package in PACKAGES
        for kind in ("migrations/0*.py", "sql/*.sql")
        for file in (ROOT / package).glob(f"*/{kind}")
    )


def digest(file: Path) -> str:
    """What sha256sum says."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def seal(lines: list[str]) -> str:
    """One digest over the first lines of the list; the fixture carries it, so that none of them can be taken out."""
    return f"-- {len(lines)} files {hashlib.sha256(''.join(lines).encode()).hexdigest()}\n"


def freeze() -> None:
    """Does what this module says."""
    known = frozen()
    names = [str(file.relative_to(ROOT)) for file in freezable()]
    fresh = [f"{digest(ROOT / name)}  {name}\n" for name in names if name not in known]
    with LIST.open("a") as written:
        written.writelines(fresh)
    print(f"{len(fresh)} files frozen, {len(known)} were already")
    if not FIXTURE.exists():
        write_fixture(seal([*LIST.open()]))


def write_fixture(title: str) -> None:
    """A small demo city, dumped."""
    from civic.embedded import schema
    from tests.database import Databases

    databases, name = Databases.of_this_run(), f"test_{os.getpid()}_frozen"
    databases.clone(databases.template(), name)
    try:
        environment = {
            "DATABASE_URL": databases.url_of(name),
            "DJANGO_SETTINGS_MODULE": "civic.settings.test",
        }
        command = [sys.executable, "manage.py", "demo_city", "--small"]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True)
        text = title + schema.dump(databases.url_of(name), databases.psql.with_name("pg_dump"))
        FIXTURE.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    finally:
        databases.drop(name)
    print(f"{FIXTURE.relative_to(ROOT)}: {FIXTURE.stat().st_size // 1024} kB")


if __name__ == "__main__":
    freeze()
