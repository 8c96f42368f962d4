"""What stands behind the URLs in the access matrix: one object for each, all private ones the owner's.

Each slice says it in an `access.py` beside its tests: `OPENS`, for whom each URL opens, and `objects(owner)`, the
arguments of each URL that takes some.
"""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from civic.accounts.models import Person


@dataclass(frozen=True)
class Objects:
    """The arguments of each URL by its name; a URL without arguments is not in it."""

    kwargs: dict[str, dict[str, Any]]


def access_modules() -> list[ModuleType]:
    """The `access.py` of every slice."""
    found = sorted(Path(__file__).parents[1].glob("*/access.py"))
    return [import_module(f"tests.{path.parent.name}.access") for path in found]


def opens_to() -> dict[str, frozenset[str]]:
    """For whom each URL opens; no two slices speak of one."""
    table: dict[str, frozenset[str]] = {}
    for module in access_modules():
        assert not table.keys() & module.OPENS.keys(), module.__name__
        table |= module.OPENS
    return table


def build(owner: Person) -> Objects:
    """Makes the city of the matrix."""
    kwargs: dict[str, dict[str, Any]] = {}
    for module in access_modules():
        kwargs |= module.objects(owner)
    return Objects(kwargs)
