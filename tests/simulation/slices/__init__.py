"""One file a slice: its verbs, the moments at which something of it is due, and what always holds of it."""

from importlib import import_module
from pkgutil import iter_modules


def load() -> None:
    """Imports all of them, which declares their verbs."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
