"""What `manage.py check`, and with it every start, says of the registries."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from civic.core.registry import Registry


@register("registry")
def registered_entries(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An error for each entry whose template, icon or state does not exist."""
    problems = sorted(problem for registry in Registry.every for problem in registry.problems())
    return [Error(problem, id="core.E001") for problem in problems]
