"""`make freeze`: the migrations and SQL files that there are stay as they are (docs/adr/0032-sql-is-code.md).

Appends those that the list does not have yet, with their SHA-256. The first time it also writes two fixtures, dumps of
the schema of that day: with the rows of a small demo city, for tests/embedded/test_frozen_schema.py, and with only the
rows that migrations put in, for tests/embedded/test_schema.py. Both migrate them on.
"""

import gzip
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("civic", "projects", "marketplace", "datasets")
LIST = Path(__file__).with_name("frozen.txt")
FIXTURE = ROOT / "tests" / "embedded" / "frozen.sql.gz"
EMPTY = FIXTURE.with_name("frozen_empty.sql.gz")
APPLIED = re.compile(r"^COPY public.django_migrations [^;]+;\n(.*?)^\\\.$", re.MULTILINE | re.DOTALL)


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


def of_libraries(dump: str) -> str:
    """One digest over the migration files of libraries that a dump has applied, as they are installed today."""
    from django.apps import apps

    paths = {
        config.label: Path(config.path)
        for config in apps.get_app_configs()
        if config.name.partition(".")[0] not in PACKAGES
    }
    found = hashlib.sha256()
    for row in sorted(APPLIED.search(dump)[1].splitlines(), key=lambda row: row.split("\t")[1:3]):
        _number, label, name, _applied = row.split("\t")
        if label in paths:
            found.update(
                f"{label} {name}".encode() + (paths[label] / "migrations" / f"{name}.py").read_bytes()
            )
    return f"-- migrations of libraries {found.hexdigest()}\n"


def empty() -> str | None:
    """The frozen schema as SQL, or None where a library has changed or removed a migration that it holds."""
    _title, libraries, dump = gzip.decompress(EMPTY.read_bytes()).decode().split("\n", 2)
    try:
        return dump if f"{libraries}\n" == of_libraries(dump) else None
    except FileNotFoundError:
        return None


def freeze() -> None:
    """Does what this module says."""
    known = frozen()
    names = [str(file.relative_to(ROOT)) for file in freezable()]
    fresh = [f"{digest(ROOT / name)}  {name}\n" for name in names if name not in known]
    with LIST.open("a") as written:
        written.writelines(fresh)
    print(f"{len(fresh)} files frozen, {len(known)} were already")
    if not FIXTURE.exists():
        write_fixtures(seal([*LIST.open()]))


def write_fixtures(title: str) -> None:
    """Today's schema, dumped: as migrations leave it, and with a small demo city in it."""
    import django

    from civic.embedded import schema
    from tests.database import Databases

    databases, name = Databases.of_this_run(), f"test_{os.getpid()}_frozen"
    databases.clone(databases.template(), name)
    try:
        environment = {
            "DATABASE_URL": databases.url_of(name),
            "DJANGO_SETTINGS_MODULE": "civic.settings.test",
        }
        os.environ.update(environment)
        django.setup()
        dump = schema.dump(databases.url_of(name), databases.psql.with_name("pg_dump"))
        write(EMPTY, title + of_libraries(dump) + dump)
        command = [sys.executable, "manage.py", "demo_city", "--small"]
        subprocess.run(command, cwd=ROOT, check=True)
        write(FIXTURE, title + schema.dump(databases.url_of(name), databases.psql.with_name("pg_dump")))
    finally:
        databases.drop(name)


def write(fixture: Path, text: str) -> None:
    """Compresses it, each time to the same bytes."""
    fixture.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{fixture.relative_to(ROOT)}: {fixture.stat().st_size // 1024} kB")


if __name__ == "__main__":
    freeze()
