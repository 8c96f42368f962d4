"""The one registry: what slices add to each other's pages, letters and jobs, found by itself at start.

    panels: Registry[Panel] = Registry("project page panel", check=problems_of)       # the slice that shows
    panels.register(Panel("vote", …))                                                 # the slice above, in panels.py

A slice registers in modules of the names in `MODULES`, at their top level; `autodiscover` imports them. ADR 28.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, ClassVar, Generic, ParamSpec, Protocol, TypeVar
from weakref import WeakSet

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule

PACKAGES = ("civic", "datasets", "projects", "marketplace")
MODULES = (
    "billables",
    "charge_owners",
    "checks",
    "deposit_takers",
    "dependants",
    "file_guards",
    "goal_sources",
    "handlers",
    "mail_contents",
    "notification_types",
    "open_tables",
    "panels",
    "personal",
    "policies",
    "providers",
    "readers",
    "search_groups",
)
SLUG = re.compile(r"[\w./-]+", re.ASCII)


class Entry(Protocol):
    """What can be registered. With an `order` (an int), lower numbers come first; else the order of registration."""

    @property
    def slug(self) -> str:
        """Its name in the registry, unique there."""


E = TypeVar("E", bound=Entry)
P = ParamSpec("P")
R = TypeVar("R")


class NotRegistered(LookupError):
    """Nobody has registered an entry of this slug."""


class Registry(Generic[E]):
    """Entries by slug, in order. `name` says what one entry is, for messages: "project page panel".

    `check(entry)` yields what is wrong with an entry (a template that is not there), in words; a system check asks it
    at start, when all modules are imported.
    """

    every: ClassVar[WeakSet["Registry[Any]"]] = WeakSet()

    def __init__(self, name: str, *, check: Callable[[E], Iterable[str]] = lambda entry: ()) -> None:
        self.name = name
        self._check = check
        self._entries: dict[str, E] = {}
        self.closed = False
        self.every.add(self)

    def register(self, *entries: E) -> None:
        """Adds entries. Raises ImproperlyConfigured for a taken or malformed slug, and once the site has started.

        What is registered later would be there in some processes only, those that have imported its module.
        """
        for entry in entries:
            if self.closed:
                names = ", ".join(MODULES)
                raise ImproperlyConfigured(
                    f"{self.name} “{entry.slug}” is registered too late: do it in one of the modules {names}."
                )
            if not SLUG.fullmatch(entry.slug):
                raise ImproperlyConfigured(f"{self.name} “{entry.slug}”: this is no slug.")
            if entry.slug in self._entries:
                raise ImproperlyConfigured(f"There are two entries “{entry.slug}” of {self.name}.")
            self._entries[entry.slug] = entry

    def __iter__(self) -> Iterator[E]:
        return iter(sorted(self._entries.values(), key=lambda entry: getattr(entry, "order", 0)))

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, slug: object) -> bool:
        return slug in self._entries

    def __getitem__(self, slug: str) -> E:
        if slug not in self._entries:
            raise NotRegistered(f"No {self.name} “{slug}” is registered.")
        return self._entries[slug]

    def get(self, slug: str) -> E | None:
        """The entry, or None where there is none: for rows of a slice that is no longer installed."""
        return self._entries.get(slug)

    def problems(self) -> list[str]:
        """What is wrong with entries, one line each."""
        return [f"{self.name} “{entry.slug}”: {fault}" for entry in self for fault in self._check(entry)]

    @contextmanager
    def temporarily(self, *entries: E, without: Iterable[str] = ()) -> Iterator[None]:
        """For tests: these entries as well (in the place of those of the same slug), and not those named `without`."""
        before = self._entries
        kept = {slug: entry for slug, entry in before.items() if slug not in set(without)}
        self._entries = kept | {entry.slug: entry for entry in entries}
        try:
            yield
        finally:
            self._entries = before


@dataclass(frozen=True)
class Hook(Generic[P, R]):
    """An entry that is a function under a name: `Hook("campaign", account_names)`."""

    slug: str
    function: Callable[P, R]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.function(*args, **kwargs)


def is_ours(module: str) -> bool:
    """Whether a module belongs to this project and not to a library."""
    return module.partition(".")[0] in PACKAGES


def autodiscover() -> None:
    """Imports what registers in every slice, in the order of INSTALLED_APPS, and closes the registries.

    Of a package (`handlers/`) all modules are imported, so that a new file needs no line elsewhere.
    """
    for config in apps.get_app_configs():
        for name in MODULES:
            if is_ours(config.name) and module_has_submodule(config.module, name):
                _import(f"{config.name}.{name}")
    for registry in Registry.every:
        registry.closed = True


def _import(name: str) -> None:
    module = import_module(name)
    for found in iter_modules(getattr(module, "__path__", ())):
        import_module(f"{name}.{found.name}")
