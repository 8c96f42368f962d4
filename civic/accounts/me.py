"""The registry of /me/: `me.register(Panel(…))`, `me.waits_for(source)`. See civic.accounts.panels."""

from civic.accounts.panels import Filled, Panel, Registry, Waiting

__all__ = ["Filled", "Panel", "Waiting", "columns", "fill", "register", "waiting", "waits_for"]

_registry = Registry()
register = _registry.register
columns = _registry.columns
fill = _registry.fill
waits_for = _registry.waits_for
waiting = _registry.waiting
